"""Imported by the server that tests fork processes from: a desk that has worked once, then closed."""

from pathlib import Path
from tempfile import TemporaryDirectory

from cyclades_tui.actes.documents import documents
from outils.actes import inscrire, nouveau_poste
from outils.horloge import PENDANT, HorlogeReglable

with TemporaryDirectory() as _dossier:
    _poste = nouveau_poste(Path(_dossier), HorlogeReglable.a(PENDANT))
    documents.ouvrir(_poste, inscrire(_poste).document)
    _poste.store.fermer()
