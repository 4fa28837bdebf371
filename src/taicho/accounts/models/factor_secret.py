"""The secret of an authenticator app or of recovery codes, sealed with the key ring outside the database (S-15)."""

from taicho.kernel.encrypted import EncryptedTextField
from taicho.kernel.models import Record


class FactorSecret(Record):
    """allauth keeps only this row's key where it would keep the secret, so rotation of the ring reaches it too."""

    secret = EncryptedTextField()

    NOT_SHOWN = "A secret: only the door opens it, to compare a code."
