"""Records of documents."""

from taicho.documents.models.incoming_document import DocumentFile, IncomingDocument

__all__ = ["DocumentFile", "IncomingDocument"]
