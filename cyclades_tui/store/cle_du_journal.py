"""The key of the journal, kept outside the database: digests of rows, chain and signed heads (decision 17)."""

from __future__ import annotations

import hmac
import os
import secrets
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgpack import packb

from cyclades_tui.domaine.canonique import en_json
from cyclades_tui.domaine.disque import ecrire_en_entier
from cyclades_tui.domaine.erreurs import Faute, StoreInutilisable, raison
from cyclades_tui.domaine.lecture_de_fichiers import lire_le_debut

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

SANS_CLE = "preuve.cle"  # the code of the fault of a key that is absent or damaged
FICHIER_CLE = "journal.cle"  # in the store's folder, unless the settings name another place

_OCTETS = 32
_SCEAU = 16  # bytes of the digest of a row: 128 bits


@dataclass(frozen=True, slots=True)
class CleDuJournal:
    """What only the program knows: without it nobody makes a row, a link of the chain or a head that agrees."""

    lignes: bytes
    chaine: bytes
    signature: bytes

    @classmethod
    def de(cls, secret: bytes) -> CleDuJournal:
        """The keys that a secret of 32 bytes gives, one for each use."""
        return cls(*(hmac.digest(secret, usage, "sha256") for usage in (b"lignes", b"chaine", b"signature")))

    def sceau(self, *valeurs: object) -> str:
        """The digest of a row: its table and columns, then its values, of Python types that tell those in the file."""
        octets: bytes = packb(valeurs)
        return blake2b(octets, key=self.lignes, digest_size=_SCEAU).hexdigest()

    def sceau_avant_0008(self, *valeurs: object) -> str:
        """The digest of a row in an older store, which its migration replaces: of Python's text of its values."""
        return hmac.digest(self.lignes, repr(valeurs).encode(), "sha256")[:_SCEAU].hex()

    def maillon(self, numero: int, precedent: str, journal_seq: int, lignes: bytes) -> str:
        """The digest of a link of the chain, which covers the digest of the link before."""
        return hmac.digest(self.chaine, f"{numero}|{precedent}|{journal_seq}|".encode() + lignes, "sha256").hex()

    def signer(self, contenu: dict[str, Any]) -> str:
        """The Ed25519 signature of a head, in hexadecimal."""
        signature = self._ed25519().sign(en_json(contenu).encode())
        return signature.hex()

    def est_signe(self, contenu: dict[str, Any], signature: object) -> bool:
        """Whether a head bears the signature of this key."""
        # Ed25519 signs without chance: the same key gives the same signature again.
        return isinstance(signature, str) and hmac.compare_digest(self.signer(contenu).encode(), signature.encode())

    def publique(self) -> str:
        """The public key, in hexadecimal, with which others can check a head."""
        octets = self._ed25519().public_key().public_bytes_raw()
        return octets.hex()

    def _ed25519(self) -> Ed25519PrivateKey:
        # Imported here: 7 MB of memory that a key press does not need.
        from cryptography.hazmat.primitives.asymmetric import ed25519

        return ed25519.Ed25519PrivateKey.from_private_bytes(self.signature)


def lire_la_cle(fichier: Path) -> CleDuJournal | Faute:
    """The key in a file; if it is absent, damaged or unreadable, what to say of it: the store is then only read."""
    try:
        return CleDuJournal.de(_secret(lire_le_debut(fichier, 2 * _OCTETS + 1)))
    except FileNotFoundError:
        return _faute(fichier, "est absente")
    except OSError as erreur:
        return _faute(fichier, f"ne peut pas être lue : {raison(erreur)}")
    except ValueError:
        return _faute(fichier, "est abîmée")


def creer_la_cle(fichier: Path) -> CleDuJournal:
    """The key in a file, which is made if there is none. Raises OSError; StoreInutilisable if a file is no key."""
    if fichier.exists():
        trouvee = lire_la_cle(fichier)
        if isinstance(trouvee, Faute):
            raise StoreInutilisable(trouvee)
        return trouvee
    secret = secrets.token_bytes(_OCTETS)
    ecrire_en_entier(fichier, secret.hex().encode() + b"\n", mode=None)
    return CleDuJournal.de(secret)


def _secret(texte: bytes) -> bytes:
    secret = bytes.fromhex(texte.decode("ascii"))
    if len(secret) != _OCTETS:
        raise ValueError(len(secret))
    return secret


def _faute(fichier: Path, constat: str) -> Faute:
    return Faute(
        SANS_CLE,
        "",
        f"La clé du journal, « {os.fspath(fichier)} », {constat} : le store se lit, mais rien ne peut y être écrit.",
        "Remettez ce fichier, pris dans une sauvegarde de ce store, puis lancez « cyclades verifier ».",
    )
