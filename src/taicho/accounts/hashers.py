"""The password hash: Argon2id tuned to the 150 ms of S-13; `benchmarks/password_hash.py` measures it."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class TunedArgon2Hasher(Argon2PasswordHasher):
    """Argon2id with 19 MiB, two passes, one lane (trust.md 8); the library's defaults cost twice the time and more."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
