"""The guide's person from the home to her document, by keys alone and with no network: nine tabs, field by field."""

from __future__ import annotations

import errno
import socket
import urllib.error
import urllib.request
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, TypeVar

import pypdfium2
import pytest
from outils.borne import MOT_DE_PASSE, borne, calmer, jusqu_a, taper, voir
from outils.guide import AFFICHEE, NUMERO
from outils.horloge import PENDANT, HorlogeReglable
from outils.textes import TEXTES
from textual import events
from textual.pilot import Pilot
from textual.screen import Screen

from cyclades_tui.actes.candidature.inscription import Demande, enregistrer
from cyclades_tui.actes.documents import documents
from cyclades_tui.actes.personnes import courrier
from cyclades_tui.actes.reglages.service import definir_fenetre
from cyclades_tui.domaine.reference import reference_de
from cyclades_tui.poste import Poste
from cyclades_tui.screens.borne.accueil import EcranAccueil
from cyclades_tui.screens.borne.choix.lancement import EcranLancement
from cyclades_tui.screens.borne.compte.activation import EcranActivation
from cyclades_tui.screens.borne.compte.ecran import EcranCompte
from cyclades_tui.screens.borne.espace.mes_inscriptions import EcranMesInscriptions
from cyclades_tui.screens.borne.inscription.ecran import EcranInscription
from cyclades_tui.screens.borne.inscription.epreuves import BilanDesChoix, RangEpreuve
from cyclades_tui.screens.cadre.ecran_formulaire import EcranFormulaire
from cyclades_tui.screens.candidature.documents import EcranDocuments
from cyclades_tui.screens.candidature.recapitulatif import BlocRecapitulatif
from cyclades_tui.widgets.saisie import CaseACocher

E = TypeVar("E", bound=Screen[Any])
GUIDE = TEXTES / "guide_recapitulatif.txt"
EMAIL = AFFICHEE["identification.email"]
ESPACE = " "

# Where the focus stands, and what is typed there before Entrée goes on; the order is that of the focus.
Gestes = Sequence[tuple[str, str]]
COMPTE: Sequence[tuple[str, Gestes]] = (
    (
        "identite",
        (
            ("identification.civilite", "m"),
            ("identification.nom", "NGMB-DUPONT"),
            ("compte.confirmation_nom", "NGMB-DUPONT"),
            ("identification.nom_usage", ""),
            ("identification.prenoms", "NGMB-Jeanne"),
        ),
    ),
    (
        "naissance",
        (
            ("identification.naissance.date", "06052005"),
            ("compte.confirmation_date", "6/5/2005"),
            ("identification.naissance.pays", ""),
            ("identification.naissance.departement", "011"),
            ("identification.naissance.commune", "bug"),
        ),
    ),
    (
        "acces",
        (
            ("identification.email", EMAIL),
            ("compte.confirmation_email", EMAIL),
            ("compte.mot_de_passe", MOT_DE_PASSE),
            ("compte.confirmation_mot_de_passe", MOT_DE_PASSE),
        ),
    ),
)
ONGLETS: Sequence[tuple[str, Gestes]] = (
    ("modalites", (("modalites.accord", ESPACE),)),
    (
        "identification",
        (
            ("identification.nationalite", "fran"),
            ("identification.adresse.pays", ""),
            ("identification.adresse.voie", "reu"),
            ("identification.adresse.complement1", ""),
            ("identification.adresse.complement2", ""),
            ("identification.adresse.complement3", ""),
            ("identification.adresse.code_postal", "97300"),
            ("identification.adresse.localite", "cay"),
            ("identification.telephone_mobile", "0123456789"),
            ("identification.telephone", ""),
        ),
    ),
    (
        "candidature",
        (
            ("candidature.categorie", "s"),
            ("candidature.amenagement_duree", "n"),
            ("candidature.etablissement", "c"),
            ("candidature.amenagement_handicap", "n"),
            ("candidature.consentement_presse", "n"),
            ("candidature.consentement_collectivites", "n"),
        ),
    ),
    (
        "qualification",
        (
            ("qualification.specialite", "a"),
            ("qualification.section_langue", ""),
            ("qualification.forme", "g"),
            ("qualification.derogation", "n"),
        ),
    ),
    (
        "acquis",
        (
            ("acquis.declaration.meme_specialite", ""),
            ("acquis.declaration.autre_specialite", ""),
            ("acquis.declaration.titre", ESPACE),
            ("acquis.titre.bacpro.declare", ""),
            ("acquis.titre.bts-dut-deug-licence.declare", ESPACE),
            ("acquis.titre.bts-dut-deug-licence.annee", "2022"),
            ("acquis.titre.bts-dut-deug-licence.academie", "aix"),
            ("acquis.repasser.E4", ""),
        ),
    ),
    (
        "epreuves",
        (
            ("choix", ""),
            *((code, "") for code in ("E1", "E1-A", "E1-B", "E2")),
            *((code, "") for code in ("E3", "E3-A", "E3-B", "E3-C", "E3-D", "E3-E", "E3-F")),
            *((code, "") for code in ("E4", "E4-A", "E4-B", "E5", "E5-A", "E5-B", "E6", "E7")),
            *((code, "") for code in ("EC1", "EC1A", "EC1B", "EC1BA", "EC1BB")),
            ("EF1", ""),
            ("epreuves.EF1.position", "i"),
            ("epreuves.EF1.langue", "ang"),
            ("EF2", ""),
            ("epreuves.EF2.position", "i"),
            ("epreuves.EF2.pays", "let"),
        ),
    ),
    (
        "recapitulatif",
        tuple(
            (bloc, "")
            for bloc in (
                "bloc-qualification",
                "bloc-identification",
                "bloc-adresse",
                "bloc-situation",
                "bloc-candidature",
                "bloc-acquis",
                "bloc-epreuves",
            )
        ),
    ),
    ("conditions", (("conditions.accord", ESPACE),)),
)
# The category makes her a pupil: only then are these asked, and F8 leads there.
APRES_LA_CATEGORIE: Gestes = (("identification.ine", "088553495DY"), ("identification.csp_representant", "chom"))

# Her account is of 2019; then four candidatures before the guide's, each with the day it was saved.
CREATION = datetime(2019, 9, 2, 8, tzinfo=UTC)
INSTANT_DU_GUIDE = HorlogeReglable.a(PENDANT).instant
ANTERIEURES = {"2020": (2019, 11, 20), "2021": (2020, 11, 20), "2022": (2021, 11, 20), "2023": (2022, 11, 20)}


class SansReseau(socket.socket):
    """A socket that no network has; those of the machine itself (the event loop's) work."""

    def __init__(self, family: int = -1, type: int = -1, proto: int = -1, fileno: int | None = None) -> None:  # noqa: A002 - as the class it stands for
        if family in (-1, socket.AF_INET, socket.AF_INET6):
            raise OSError(errno.ENETUNREACH, "no network here")
        super().__init__(family, type, proto, fileno)


def sans_annuaire(*_: object, **__: object) -> None:
    raise socket.gaierror(socket.EAI_FAIL, "no network here")


@pytest.fixture(autouse=True)
def _coupe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "socket", SansReseau)
    monkeypatch.setattr(socket, "getaddrinfo", sans_annuaire)


@pytest.fixture
def horloge() -> HorlogeReglable:
    """The day when the account is made, long before the guide's instant."""
    return HorlogeReglable(CREATION)


def test_the_network_is_really_cut() -> None:
    with pytest.raises(OSError, match="no network"):
        socket.create_connection(("127.0.0.1", 9))
    with pytest.raises(OSError, match="no network"):
        socket.socket()
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen("http://127.0.0.1:9/")
    gauche, droite = socket.socketpair()
    gauche.close()
    droite.close()


async def test_from_the_home_to_the_guide_s_document(poste_borne: Poste, horloge: HorlogeReglable) -> None:
    app = borne(poste_borne)
    async with app.run_test(size=(80, 24)) as pilot:
        await calmer(pilot)
        await pilot.press("2")
        await voir(pilot, EcranCompte)
        for etape, gestes in COMPTE:
            await jusqu_a(pilot, partial(a_l_etape, pilot, etape))
            await remplir(pilot, gestes)
            await pilot.press("f8")
        await jusqu_a(pilot, partial(a_l_etape, pilot, "relire"))
        await pilot.press("f9")
        await voir(pilot, EcranActivation)
        await taper(pilot, courrier.lire(poste_borne, EMAIL)[0].code)
        await pilot.press("enter")
        await voir(pilot, EcranMesInscriptions)
        les_quatre_d_avant(poste_borne, horloge)

        await pilot.press("f8")
        await voir(pilot, EcranLancement)
        for choix in ("", "bac", "2024", "guyane"):
            await taper(pilot, choix)
            await pilot.press("enter")
            await calmer(pilot)
        await pilot.press("f8")
        await voir(pilot, EcranInscription)
        for onglet, gestes in ONGLETS:
            await jusqu_a(pilot, partial(a_l_onglet, pilot, onglet))
            await remplir(pilot, gestes)
            if onglet == "candidature":
                await revenir_pour_l_ine(pilot)
            if onglet != "conditions":
                await pilot.press("f8")
        await pilot.press("f9")
        await jusqu_a(pilot, lambda: ecran_de(pilot, EcranInscription).inscription)
        inscription = ecran_de(pilot, EcranInscription).inscription
        assert inscription is not None
        assert (inscription.numero_candidat, inscription.numero_inscription) == (NUMERO, "005")
        await calmer(pilot)
        await pilot.press("f4")
        await voir(pilot, EcranDocuments)
        await pilot.press("escape")
        await voir(pilot, EcranInscription)
        await pilot.press("f8")
        await voir(pilot, EcranAccueil)
    reference = f"Référence à vérifier :{reference_de(inscription.contenu).lisible}"
    texte = texte_du_pdf(documents.ouvrir(poste_borne, inscription.document).octets)
    assert texte.replace("".join(reference.split()), "") == texte_du_guide()


async def revenir_pour_l_ine(pilot: Pilot[None]) -> None:
    """A pupil is asked for more in the tab before: F7, on from where one was, and F8 again."""
    await pilot.press("f7")
    await jusqu_a(pilot, lambda: ici(pilot) == "identification.telephone")
    await pilot.press("enter")
    await remplir(pilot, APRES_LA_CATEGORIE)
    await pilot.press("f8")
    await jusqu_a(pilot, lambda: ici(pilot).startswith("candidature."))


async def remplir(pilot: Pilot[None], gestes: Gestes) -> None:
    """Type each text where the focus is expected, and go on: Entrée from a field, Tab from what Entrée would change."""
    for attendu, texte in gestes:
        await calmer(pilot)
        assert ici(pilot) == attendu
        if texte:
            for caractere in texte:
                frapper(pilot, "space" if caractere == ESPACE else caractere, caractere)
            await calmer(pilot)
        focus = pilot.app.focused
        vide = isinstance(focus, CaseACocher) and not focus.valeur
        frapper(pilot, "tab" if vide or isinstance(focus, BilanDesChoix | RangEpreuve | BlocRecapitulatif) else "enter")
    await calmer(pilot)


def frapper(pilot: Pilot[None], touche: str, caractere: str | None = None) -> None:
    """Press a key as the terminal's driver does; `pilot.press` also waits after each one."""
    pilot.app.post_message(events.Key(touche, caractere))


def ici(pilot: Pilot[None]) -> str:
    """The id of the field that has the focus, or of the épreuve or block; `choix` for what is left to choose."""
    ecran, focus = pilot.app.screen, pilot.app.focused
    if isinstance(focus, RangEpreuve):
        return focus.code
    if isinstance(focus, BilanDesChoix):
        return "choix"
    if isinstance(ecran, EcranFormulaire) and (ligne := ecran.champ_courant) is not None:
        return ligne.champ.id
    return "" if focus is None else focus.id or ""


def a_l_etape(pilot: Pilot[None], etape: str) -> bool:
    return ecran_de(pilot, EcranCompte).etape == etape


def a_l_onglet(pilot: Pilot[None], onglet: str) -> bool:
    return ecran_de(pilot, EcranInscription).onglet == onglet


def ecran_de(pilot: Pilot[None], genre: type[E]) -> E:
    """The screen shown, which is of this kind."""
    ecran = pilot.app.screen
    assert isinstance(ecran, genre)
    return ecran


def les_quatre_d_avant(poste: Poste, horloge: HorlogeReglable) -> None:
    """Her candidatures of the years before, by the same acte as the borne; then the guide's instant."""
    dispensees = ("acquis.", "epreuves.")
    saisie = {champ: texte for champ, texte in AFFICHEE.items() if not champ.startswith(dispensees)}
    saisie["epreuves.E4.langue"] = "Anglais"
    for session, (annee, mois, jour) in ANTERIEURES.items():
        horloge.instant = datetime(annee, mois, jour, 8, tzinfo=UTC)
        a_paris = horloge.instant.replace(tzinfo=None)
        bornes = {"ouverture": a_paris, "fermeture": a_paris + timedelta(hours=10)}
        definir_fenetre(poste, examen="BCP", session=session, academie="Guyane", **bornes)
        enregistrer(poste, Demande("BCP", session, "33", saisie))
    horloge.instant = INSTANT_DU_GUIDE


def texte_du_pdf(octets: bytes) -> str:
    """The words of all pages without what separates them, less the foot of each page."""
    with pypdfium2.PdfDocument(octets) as pdf:
        pages = "\n".join(page.get_textpage().get_text_range() for page in pdf)
    pied = f"Candidat {NUMERO}, inscription 005, version 1, session 2024"
    lignes = pages.replace("\ufffe", "-").splitlines()
    return "".join("".join(ligne for ligne in lignes if not ligne.startswith(pied)).split())


def texte_du_guide() -> str:
    return "".join(GUIDE.read_text(encoding="utf-8").split())
