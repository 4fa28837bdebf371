"""A passkey without a device: makes keys and signs answers as a browser hands them over, or wrongly when told to."""

import hashlib
import json
import secrets

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

FLAG = AuthenticatorData.FLAG
PRESENT_AND_VERIFIED = FLAG.UP | FLAG.UV


class SoftKey:
    """One key pair for the house at `host`; `user` is the handle the house gave when the key was made."""

    def __init__(self, host="testserver"):
        self.host, self.origin = host, f"https://{host}"
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(32)
        self.user = ""

    def make(self, options, *, flags=PRESENT_AND_VERIFIED, **wrong):
        """The answer to `options` of a page that adds a key."""
        asked = options["creation_options"]["publicKey"]
        self.user = asked["user"]["id"]
        own = AttestedCredentialData.create(
            Aaguid.NONE, self.id, ES256.from_cryptography_key(self.private.public_key())
        )
        told = AuthenticatorData.create(self._house(wrong), flags | FLAG.AT, 0, own)
        seal = websafe_encode(bytes(AttestationObject.create("none", told, {})))
        words = self._words("webauthn.create", asked["challenge"], wrong)
        return self._answer({"clientDataJSON": websafe_encode(words), "attestationObject": seal})

    def sign(self, options, *, flags=PRESENT_AND_VERIFIED, **wrong):
        """The answer to `options` of a page that asks for a key."""
        asked = options["request_options"]["publicKey"]
        told = bytes(AuthenticatorData.create(self._house(wrong), flags, 1))
        words = self._words("webauthn.get", asked["challenge"], wrong)
        signature = self.private.sign(told + hashlib.sha256(words).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer({
            "clientDataJSON": websafe_encode(words),
            "authenticatorData": websafe_encode(told),
            "signature": websafe_encode(wrong.get("signature", signature)),
            "userHandle": wrong.get("user", self.user),
        })  # fmt: skip

    def _answer(self, response):
        name = websafe_encode(self.id)
        return json.dumps({
            "id": name, "rawId": name, "type": "public-key", "response": response,
            "clientExtensionResults": {"credProps": {"rk": True}}, "authenticatorAttachment": "platform",
        })  # fmt: skip

    def _house(self, wrong):
        return hashlib.sha256(wrong.get("host", self.host).encode()).digest()

    def _words(self, kind, challenge, wrong):
        origin = wrong.get("origin", self.origin)
        said = {"type": wrong.get("kind", kind), "challenge": wrong.get("challenge", challenge), "origin": origin}
        return json.dumps(said | {"crossOrigin": False}).encode()
