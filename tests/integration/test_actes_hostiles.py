"""Hostile texts in every field: refused at that field, or kept exactly as typed in version, PDF and twin."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping

import pytest
from outils.actes import GUYANE, demande, nouveau_poste, personne, texte_du_pdf, une
from outils.guide import COMPACTE, EN_INDIVIDUEL, SAISIE
from outils.horloge import PENDANT, HorlogeReglable
from outils.hostiles import HOSTILES, MESSAGE_MAX

from cyclades_tui.actes.candidature.inscription import Inscription, enregistrer
from cyclades_tui.actes.documents import documents
from cyclades_tui.champs.specification import Nature
from cyclades_tui.domaine.erreurs import ErreurCyclades, Faute, SaisieRefusee
from cyclades_tui.domaine.texte import lire_les_signes
from cyclades_tui.poste import Poste
from cyclades_tui.regles.saisie import lire_la_saisie
from cyclades_tui.regles.service import Service

# A candidate with every kind of acquis, so that all conditional fields of the tab Acquis are asked.
ACQUIS = {
    "acquis.declaration.meme_specialite": "oui",
    "acquis.meme_specialite.session": "2022",
    "acquis.meme_specialite.academie": "Guyane",
    "acquis.meme_specialite.notes.E1-A.note": "12,5",
    "acquis.meme_specialite.notes.E1-A.session": "2022",
    "acquis.meme_specialite.notes.E1-A.conserver": "oui",
    "acquis.declaration.autre_specialite": "oui",
    "acquis.autre_specialite.session": "2021",
    "acquis.autre_specialite.academie": "Guyane",
    "acquis.autre_specialite.specialite": "Aéronautique option Avionique",
    "acquis.declaration.vae": "oui",
    "acquis.vae.annee": "2020",
    "acquis.vae.academie": "Guyane",
    "acquis.vae.unites.E2": "oui",
}
ETRANGER = {
    "identification.naissance.pays": "BRESIL",
    "identification.naissance.departement": "",
    "identification.naissance.commune": "Macapa",
    "identification.adresse.pays": "BRESIL",
    "identification.adresse.code_postal": "68900",
    "identification.adresse.localite": "Macapa",
}
HORS_LISTE = {
    "identification.naissance.commune": "BUGARACHE",
    "identification.naissance.commune_hors_liste": "oui",
}
MINEUR = {"identification.naissance.date": "06/05/2006", "identification.representant": "Camille Essai"}
INDIVIDUEL = EN_INDIVIDUEL | {"qualification.forme": "progressive"}
PROFILS: dict[str, Mapping[str, str]] = {
    "scolaire": COMPACTE,
    "acquis": SAISIE | ACQUIS,
    "etranger": COMPACTE | ETRANGER,
    "hors liste": COMPACTE | HORS_LISTE,
    "mineur": COMPACTE | MINEUR,
    "individuel": COMPACTE | INDIVIDUEL,
}
# A free text must be printed as typed; other fields are codes, or are not on the document.
IMPRIMES = {
    "identification.nom_usage",
    "identification.naissance.commune",
    "identification.adresse.voie",
    "identification.adresse.complement1",
    "identification.adresse.complement2",
    "identification.adresse.complement3",
    "identification.adresse.code_postal",
    "identification.adresse.localite",
    "acquis.autre_specialite.specialite",
}
LIBRES = {Nature.TEXTE, Nature.NOM, Nature.PRENOMS, Nature.COMMUNE, Nature.LOCALITE, Nature.CODE_POSTAL}
# How a field's own rule changes a text: no spaces in a postal code, capitals for a commune of France.
FORMES: dict[tuple[str, str], Callable[[str], str]] = {
    ("etranger", "code_postal"): lambda texte: texte.replace(" ", ""),
    ("hors liste", "commune"): str.upper,
}
# Fields that decide which others are asked.
PILOTES = ("candidature.categorie", "qualification.", "acquis.declaration.", "identification.naissance.")
PILOTES_FINS = (".pays", ".declare", ".note", ".sans_nom", ".sans_prenom")
Champs = dict[str, tuple[dict[str, Nature], list[str]]]  # by profile
_RANGS = iter(range(100_000))


@pytest.fixture(scope="module")
def poste_commun(tmp_path_factory: pytest.TempPathFactory) -> Poste:
    """One store for the whole module: nothing that is refused may change it."""
    return nouveau_poste(tmp_path_factory.mktemp("hostiles"), HorlogeReglable.a(PENDANT))


@pytest.fixture(scope="module")
def champs(poste_commun: Poste) -> Champs:
    return {profil: champs_saisis(poste_commun, profil) for profil in PROFILS}


def champs_saisis(poste: Poste, profil: str) -> tuple[dict[str, Nature], list[str]]:
    """The fields of a profile's form that a person fills: those asked, with their nature, and the others."""
    service = Service.de(poste.referentiel, "BCP", "2024", GUYANE)
    lue = lire_la_saisie(PROFILS[profil], service, poste.aujourd_hui())
    demandes: dict[str, Nature] = {id_: c.nature for id_, c in lue.champs.items() if c.nature is not Nature.CALCULE}
    tous = service.champs(lue.presentation).values()
    return demandes, [c.id for c in tous if c.id not in demandes and c.nature is not Nature.CALCULE]


def fautes_aux_champs(poste: Poste, profil: str, hostiles: Mapping[str, str]) -> dict[str, Faute]:
    """The faults by field of a form that must be refused; each message is short."""
    with pytest.raises(SaisieRefusee) as refus:
        enregistrer(poste, demande({**nouvelle_personne(profil), **hostiles}))
    return par_champ(refus.value)


def par_champ(refus: SaisieRefusee) -> dict[str, Faute]:
    """The faults by field; each message is short."""
    assert all(len(faute.message) + len(faute.remede) < MESSAGE_MAX for faute in refus.fautes)
    return {faute.champ: faute for faute in refus.fautes}


def essayer(poste: Poste, saisie: Mapping[str, str]) -> Inscription | dict[str, Faute]:
    """What was saved, or the faults by field."""
    try:
        return enregistrer(poste, demande(saisie))
    except SaisieRefusee as refus:
        return par_champ(refus)


def nouvelle_personne(profil: str) -> dict[str, str]:
    """The form of a profile, for a person not in the store yet."""
    identite = personne(next(_RANGS))
    propres = {champ: identite[champ] for champ in ("identification.nom", "identification.email")}
    return {**PROFILS[profil], **propres, "identification.prenoms": identite["identification.prenoms"]}


def serrer(texte: str) -> str:
    """Without spaces; pdfium gives U+FFFE for a hyphen that ends a line."""
    return "".join(texte.split()).replace("\ufffe", "-")


@pytest.mark.parametrize("profil", PROFILS)
def test_every_profile_is_sound(poste_commun: Poste, profil: str) -> None:
    inscription = enregistrer(poste_commun, demande(nouvelle_personne(profil)))
    assert set(PROFILS[profil]) - set(inscription.contenu.champs) <= {
        c for c, texte in PROFILS[profil].items() if not texte
    }


@pytest.mark.parametrize("texte", HOSTILES.values(), ids=HOSTILES)
def test_a_hostile_text_is_refused_at_every_field_that_is_not_free(
    poste_commun: Poste, champs: Champs, texte: str
) -> None:
    """All at once if no other field depends on them, else one by one."""
    versions = une(poste_commun, "SELECT count(*) FROM version")
    for profil in PROFILS:
        contraints = [c for c, nature in champs[profil][0].items() if nature not in LIBRES]
        seuls = [champ for champ in contraints if champ.startswith(PILOTES) or champ.endswith(PILOTES_FINS)]
        ensemble = set(contraints) - set(seuls)
        assert ensemble <= set(fautes_aux_champs(poste_commun, profil, dict.fromkeys(ensemble, texte)))
        for champ in seuls if profil in ("acquis", "individuel") else ():
            assert champ in fautes_aux_champs(poste_commun, profil, {champ: texte})
    assert une(poste_commun, "SELECT count(*) FROM version") == versions


@pytest.mark.parametrize("texte", HOSTILES.values(), ids=HOSTILES)
def test_a_hostile_text_in_a_free_field_is_refused_there_or_carried_exactly(
    poste_commun: Poste, champs: Champs, texte: str
) -> None:
    """In the version field by field; in print, as often as fields accepted it."""
    imprimes: dict[str, dict[str, str]] = {}
    versions = une(poste_commun, "SELECT count(*) FROM version")
    for profil, champ in champs_libres(champs):
        inscription = essayer(poste_commun, nouvelle_personne(profil) | {champ: texte})
        if isinstance(inscription, dict):
            assert champ in inscription
            continue
        versions += 1
        libre = champs[profil][0][champ] is Nature.TEXTE
        exact = lire_les_signes(unicodedata.normalize("NFC", texte), libre=libre).strip()
        valeur = inscription.contenu.champs[champ].valeur
        assert valeur == FORMES.get((profil, champ.rpartition(".")[2]), str)(exact)
        if champ in IMPRIMES:
            imprimes.setdefault(profil, {})[champ] = serrer(valeur)
    assert une(poste_commun, "SELECT count(*) FROM version") == versions
    for profil, valeurs in imprimes.items():
        inscription = enregistrer(poste_commun, demande(nouvelle_personne(profil) | dict.fromkeys(valeurs, texte)))
        fichier = documents.ouvrir(poste_commun, inscription.document)
        for lu in (fichier.texte, texte_du_pdf(fichier.octets)):
            for valeur, fois in Counter(valeurs.values()).items():
                assert serrer(lu).count(valeur) >= fois


def champs_libres(champs: Champs) -> Iterator[tuple[str, str]]:
    """Each free field, in the first profile that has it, and the places abroad as well as in France."""
    vus: set[str] = set()
    for profil, saisie in PROFILS.items():
        for champ, nature in champs[profil][0].items():
            if nature in LIBRES and (champ not in vus or champ in saisie.keys() & ETRANGER.keys()):
                vus.add(champ)
                yield profil, champ


@pytest.mark.parametrize("profil", PROFILS)
def test_a_hostile_text_in_a_field_that_is_not_asked_is_told_and_left_out(
    poste_commun: Poste, champs: Champs, profil: str
) -> None:
    autres = champs[profil][1]
    for texte in HOSTILES.values():
        inscription = enregistrer(poste_commun, demande(nouvelle_personne(profil) | dict.fromkeys(autres, texte)))
        assert set(autres) <= {faute.champ for faute in inscription.avertissements}
        assert not set(autres) & inscription.contenu.champs.keys()


@pytest.mark.parametrize("motif", ["x", "1", "é ", "\U0001f600", "\0"])
def test_a_megabyte_is_refused_in_few_words_whatever_the_nature(
    poste_commun: Poste, champs: Champs, motif: str
) -> None:
    texte = motif * (1_000_000 // len(motif))
    for champ in {nature: champ for champ, nature in champs["acquis"][0].items()}.values():
        assert champ in fautes_aux_champs(poste_commun, "acquis", {champ: texte})


@pytest.mark.parametrize("nom", [*HOSTILES.values(), "identification.nom.x", "x" * 100_000, ".", ""])
def test_an_unknown_field_is_told_in_few_words(poste_commun: Poste, nom: str) -> None:
    avant = une(poste_commun, "SELECT count(*) FROM version")
    with pytest.raises(ErreurCyclades) as refus:
        enregistrer(poste_commun, demande(nouvelle_personne("scolaire") | {nom: "oui"}))
    assert [faute.code for faute in refus.value.fautes] == ["champ.inconnu"]
    assert len(str(refus.value)) < MESSAGE_MAX
    assert une(poste_commun, "SELECT count(*) FROM version") == avant
