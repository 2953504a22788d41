"""The fields of a person: the account's identity and the tab Identification (F058-F080, F164-F180)."""

from __future__ import annotations

from typing import NamedTuple

from cyclades_tui.champs.specification import Champ, Condition, Nature
from cyclades_tui.domaine.onglets import NomOnglet

FRANCE = "99100"

_NE_EN_FRANCE = (Condition("vaut", "identification.naissance.pays", (FRANCE,)),)
_ADRESSE_EN_FRANCE = (Condition("vaut", "identification.adresse.pays", (FRANCE,)),)
_COMMUNE, _HORS_LISTE = "identification.naissance.commune", "identification.naissance.commune_hors_liste"
_A_UN_NOM = (Condition("vide", "identification.sans_nom"),)
_A_UN_PRENOM = (Condition("vide", "identification.sans_prenom"),)
_MINEUR_OU_SCOLAIRE = (Condition("mineur_ou_scolaire"),)
_COMPTE = "compte"

EMAIL = "identification.email"


class DonneeDIdentite(NamedTuple):
    """A datum of the account that identifies a person; later forms may only repeat it (F094).

    `colonne` is the attribute of Candidat; `nom` names the datum in a sentence, `libelle` beside its value.
    `sur_la_piece` is its label on identity documents, and `cle` its name in the files of the pieces; both are empty
    if no document shows it.
    """

    champ: str
    colonne: str
    nom: str
    libelle: str
    cle: str = ""
    sur_la_piece: str = ""


IDENTITE: tuple[DonneeDIdentite, ...] = (
    DonneeDIdentite("identification.civilite", "civilite", "civilité", "Civilité", "civilite", "Civilité"),
    DonneeDIdentite("identification.nom", "nom", "nom", "Nom de famille", "nom", "Nom"),
    DonneeDIdentite("identification.nom_usage", "nom_usage", "nom d'usage", "Nom d'usage", "nom_usage", "Nom d'usage"),
    DonneeDIdentite("identification.prenoms", "prenoms", "prénoms", "Prénoms", "prenoms", "Prénoms"),
    DonneeDIdentite("identification.naissance.date", "naissance", "date de naissance", "Date", "naissance", "Né(e) le"),
    DonneeDIdentite("identification.naissance.pays", "naissance_pays", "pays de naissance", "Pays"),
    DonneeDIdentite(
        "identification.naissance.departement", "naissance_departement", "département de naissance", "Département"
    ),
    DonneeDIdentite(_COMMUNE, "naissance_commune", "commune de naissance", "Commune", "lieu", "À"),
    DonneeDIdentite(EMAIL, "email", "adresse mail", "Adresse mail"),
)

ETAT_CIVIL: tuple[Champ, ...] = (
    Champ(
        "identification.civilite",
        "Civilité",
        Nature.CHOIX,
        NomOnglet.IDENTIFICATION,
        "Identité",
        "MADAME ou MONSIEUR",
        liste="civilites",
        du_compte=True,
        explication="MADAME ou MONSIEUR, comme sur votre pièce d'identité. Vos documents d'examen la reprennent devant "
        "votre nom.",
    ),
    Champ(
        "identification.nom",
        "Nom de famille",
        Nature.NOM,
        NomOnglet.IDENTIFICATION,
        "Identité",
        "Nom de naissance, comme sur la pièce d'identité",
        exemple="DUPONT",
        obligatoire=_A_UN_NOM,
        du_compte=True,
        explication="Votre nom de naissance, lettre pour lettre comme sur votre pièce d'identité. Il figure sur tous "
        "vos documents, et une pièce d'identité avec photographie vous sera demandée le jour de l'examen.",
    ),
    Champ(
        "identification.sans_nom",
        "Sans nom de famille",
        Nature.CASE,
        NomOnglet.IDENTIFICATION,
        "Identité",
        "Si la pièce d'identité n'en porte aucun",
        condition=(Condition("vide", "identification.nom"),),
        obligatoire=None,
        du_compte=True,
        explication="À cocher seulement si votre pièce d'identité ne porte qu'un nom, rangé avec les prénoms. La case "
        "n'est proposée que tant que le nom de famille est vide, et elle dispense de le remplir.",
    ),
    Champ(
        "identification.nom_naissance",
        "Nom de naissance",
        Nature.CALCULE,
        NomOnglet.IDENTIFICATION,
        "Identité",
        "Vide tant que le service n'a pas changé votre nom",
        obligatoire=None,
        du_compte=True,
        explication="Cette ligne reste vide tant que le service des examens n'a pas changé votre nom. Le nom de "
        "naissance se saisit dans « Nom de famille ».",
    ),
    Champ(
        "identification.nom_usage",
        "Nom d'usage",
        Nature.NOM,
        NomOnglet.IDENTIFICATION,
        "Identité",
        "Nom marital par exemple",
        obligatoire=None,
        du_compte=True,
        explication="Le nom que vous portez s'il n'est pas celui de naissance, le nom marital par exemple. Il s'ajoute "
        "au nom de famille et ne le remplace pas.",
    ),
    Champ(
        "identification.prenoms",
        "Prénoms",
        Nature.PRENOMS,
        NomOnglet.IDENTIFICATION,
        "Identité",
        "Tels qu'ils figurent sur la pièce d'identité",
        exemple="Jeanne Marie",
        obligatoire=_A_UN_PRENOM,
        longueur=80,
        du_compte=True,
        explication="Tous vos prénoms, dans l'ordre de votre pièce d'identité, séparés par une espace. Avec le nom et "
        "la naissance, ils disent qui vous êtes, à l'inscription comme le jour de l'examen.",
    ),
    Champ(
        "identification.sans_prenom",
        "Sans prénom",
        Nature.CASE,
        NomOnglet.IDENTIFICATION,
        "Identité",
        "Si la pièce d'identité n'en porte aucun",
        # Everybody has at least one name: ticking one box hides the other.
        condition=(Condition("vide", "identification.prenoms"), Condition("vide", "identification.sans_nom")),
        obligatoire=None,
        du_compte=True,
        explication="À cocher seulement si votre pièce d'identité ne porte aucun prénom. La case n'est proposée que "
        "tant que les prénoms sont vides, et il faut au moins un nom.",
    ),
    Champ(
        "identification.naissance.date",
        "Date de naissance",
        Nature.DATE_NAISSANCE,
        NomOnglet.IDENTIFICATION,
        "Naissance",
        "Jour, mois et année en entier",
        exemple="30/05/1998",
        longueur=10,
        du_compte=True,
        libelle_document="Né(e) le",
        explication="Elle sert, avec vos noms et votre lieu de naissance, à vous reconnaître. Avant dix-huit ans, "
        "d'autres rubriques demandent votre représentant légal.",
    ),
    Champ(
        "identification.naissance.pays",
        "Pays de naissance",
        Nature.CHOIX,
        NomOnglet.IDENTIFICATION,
        "Naissance",
        "Pays actuel du lieu de naissance",
        liste="pays_naissance",
        defaut=FRANCE,
        du_compte=True,
        explication="Le pays où se trouve aujourd'hui votre lieu de naissance, même si son nom a changé. FRANCE (DONT "
        "OUTRE-MER) comprend les départements, régions et collectivités d'outre-mer.",
    ),
    Champ(
        "identification.naissance.departement",
        "Département, DOM ou COM de naissance",
        Nature.CHOIX,
        NomOnglet.IDENTIFICATION,
        "Naissance",
        "Code à trois chiffres ou nom",
        exemple="035 - ILLE ET VILAINE",
        liste="departements",
        condition=_NE_EN_FRANCE,
        du_compte=True,
        explication="Il est demandé si vous êtes né en France et ouvre la liste de ses communes. Son code a trois "
        "signes : 035 pour l'Ille-et-Vilaine, 02A pour la Corse-du-Sud, 973 pour la Guyane.",
    ),
    Champ(
        _COMMUNE,
        "Commune de naissance",
        Nature.COMMUNE,
        NomOnglet.IDENTIFICATION,
        "Naissance",
        "De ce département, ou étrangère",
        exemple="RENNES",
        du_compte=True,
        libelle_document="A",
        explication="Tapez le début du nom : les communes du département choisi sont proposées. Les anciens noms y sont"
        " aussi. Si vous êtes né hors de France, écrivez la ville comme sur votre pièce d'identité.",
    ),
    Champ(
        _HORS_LISTE,
        "Ma commune n'est pas dans la liste",
        Nature.CASE,
        NomOnglet.IDENTIFICATION,
        "Naissance",
        "Commune disparue : son nom est gardé",
        # It leaves once the commune is one of the list, so that nobody ticks it on the way.
        condition=(*_NE_EN_FRANCE, Condition("vide_sauf", _COMMUNE, valeurs=(_HORS_LISTE,))),
        obligatoire=None,
        du_compte=True,
        explication="À cocher si la commune n'est pas proposée, parce que son nom a disparu depuis longtemps. Le nom "
        "tapé est alors gardé tel quel, et marqué pour que le service le vérifie.",
    ),
)

COORDONNEES: tuple[Champ, ...] = (
    Champ(
        "identification.nationalite",
        "Nationalité",
        Nature.CHOIX,
        NomOnglet.IDENTIFICATION,
        "Naissance",
        "Celle de la pièce d'identité",
        exemple="Français",
        liste="nationalites",
        explication="Celle de la pièce d'identité que vous présenterez ; « Apatride » est dans la liste. Elle figure "
        "sur le récapitulatif et compte pour les pièces qui vous seront demandées.",
    ),
    Champ(
        "identification.adresse.pays",
        "Pays",
        Nature.CHOIX,
        NomOnglet.IDENTIFICATION,
        "Adresse",
        "Pays où vous habitez",
        liste="pays_adresse",
        defaut=FRANCE,
        explication="Le pays où vous habitez ; c'est FRANCE si vous n'y changez rien. L'académie d'inscription doit "
        "être celle de votre lieu de résidence.",
    ),
    Champ(
        "identification.adresse.voie",
        "Numéro, rue, voie",
        Nature.TEXTE,
        NomOnglet.IDENTIFICATION,
        "Adresse",
        "Numéro et nom de la voie",
        exemple="12 rue de la Mairie",
        longueur=50,
        libelle_recapitulatif="Adresse",
        explication="L'adresse où le service des examens peut vous écrire. Si elle change après l'inscription, prévenez"
        " aussitôt le rectorat.",
    ),
    *(
        Champ(
            f"identification.adresse.complement{rang}",
            f"Complément adresse {rang}",
            Nature.TEXTE,
            NomOnglet.IDENTIFICATION,
            "Adresse",
            "Étage, bâtiment, lieu-dit, chez…",
            obligatoire=None,
            longueur=50,
            explication="Ce qui aide à trouver votre porte : étage, bâtiment, lieu-dit, ou chez qui vous habitez. "
            "Les trois lignes de complément s'impriment sous la voie, et restent vides si elles ne servent pas.",
        )
        for rang in (1, 2, 3)
    ),
    Champ(
        "identification.adresse.code_postal",
        "Code postal",
        Nature.CODE_POSTAL,
        NomOnglet.IDENTIFICATION,
        "Adresse",
        "Cinq chiffres en France",
        exemple="29100",
        obligatoire=_ADRESSE_EN_FRANCE,
        longueur=12,
        explication="En France il a cinq chiffres et fait proposer les localités qui le portent. Hors de France, "
        "écrivez-le comme on l'écrit dans le pays, ou laissez vide.",
    ),
    Champ(
        "identification.adresse.localite",
        "Localité",
        Nature.LOCALITE,
        NomOnglet.IDENTIFICATION,
        "Adresse",
        "Proposée d'après le code postal",
        exemple="DOUARNENEZ",
        longueur=50,
        explication="La ville ou le village, proposé d'après le code postal. Avec un CEDEX, écrivez le nom et CEDEX "
        "comme sur votre courrier.",
    ),
    Champ(
        "identification.telephone_mobile",
        "Téléphone personnel mobile",
        Nature.TELEPHONE,
        NomOnglet.IDENTIFICATION,
        "Contacts",
        "De France ou d'outre-mer, espaces acceptés",
        exemple="0623456789",
        obligatoire=None,
        longueur=20,
        libelle_recapitulatif="Téléphone mobile",
        libelle_document="Tél. mobile",
        explication="Un numéro où vous joindre au sujet de votre candidature. Les numéros de France et d'outre-mer "
        "s'écrivent avec ou sans espaces ; un numéro étranger commence par + et le code du pays.",
    ),
    Champ(
        "identification.telephone",
        "Téléphone personnel",
        Nature.TELEPHONE,
        NomOnglet.IDENTIFICATION,
        "Contacts",
        "De France ou d'outre-mer, espaces acceptés",
        exemple="0123456789",
        obligatoire=None,
        longueur=20,
        libelle_recapitulatif="Téléphone fixe",
        libelle_document="Tél",
        explication="Un second numéro, fixe par exemple, où vous joindre au sujet de votre candidature. Il s'écrit "
        "comme le premier, et aucun des deux n'est obligatoire.",
    ),
    Champ(
        "identification.email",
        "Adresse mail",
        Nature.EMAIL,
        NomOnglet.IDENTIFICATION,
        "Contacts",
        "Une seule personne par adresse : c'est l'identifiant",
        exemple="nom.prenom@domaine.fr",
        longueur=100,
        du_compte=True,
        libelle_document="Mèl",
        explication="Elle devient votre identifiant de connexion et ne sert qu'à une seule personne. C'est là "
        "que le service vous écrira : gardez-la active au moins jusqu'en décembre de l'année de l'examen.",
    ),
    Champ(
        "identification.ine",
        "Identifiant National (INE)",
        Nature.INE,
        NomOnglet.IDENTIFICATION,
        "Situation du candidat",
        "Onze signes, en haut d'un relevé de notes",
        exemple="088553495DY",
        condition=_MINEUR_OU_SCOLAIRE,
        obligatoire=None,
        longueur=14,
        explication="L'INE suit chaque élève ; il est en haut du relevé de notes, « identifiant national ». Il est "
        "demandé aux candidats scolaires ou mineurs ; laissez vide si vous n'en avez pas.",
    ),
    Champ(
        "identification.csp_representant",
        "Catégorie socio-professionnelle d'un représentant légal",
        Nature.CHOIX,
        NomOnglet.IDENTIFICATION,
        "Situation du candidat",
        "Pour un mineur ou un scolaire",
        liste="csp",
        condition=_MINEUR_OU_SCOLAIRE,
        explication="Le métier ou la situation d'un parent ou tuteur, dans la nomenclature de l'INSEE. Elle est "
        "demandée pour les candidats scolaires ou mineurs, et figure dans « Situation du candidat » du "
        "récapitulatif.",
    ),
    Champ(
        "identification.representant",
        "Nom et prénom d'un représentant légal",
        Nature.NOM,
        NomOnglet.IDENTIFICATION,
        "Situation du candidat",
        "Qui signera le récapitulatif avec le candidat mineur",
        condition=(Condition("mineur"),),
        obligatoire=None,
        longueur=80,
        explication="La personne qui signera le récapitulatif avec vous, si vous avez moins de dix-huit ans. "
        "Son nom figure dans « Situation du candidat ».",
    ),
)

# Asked only when an account is created: each repeats the field above it (F060, F064, F069).
CONFIRMATIONS: tuple[Champ, ...] = (
    Champ(
        "compte.confirmation_nom",
        "Confirmation du nom de naissance",
        Nature.CONFIRMATION,
        _COMPTE,
        "Identité",
        "Tapez une seconde fois le nom de famille",
        confirme="identification.nom",
        obligatoire=_A_UN_NOM,
        explication="Tapez à nouveau le nom sans le copier : une faute de frappe se voit ainsi tout de suite. Après une"
        " inscription, seul le service des examens pourrait la corriger.",
    ),
    Champ(
        "compte.confirmation_date",
        "Confirmation date de naissance",
        Nature.CONFIRMATION,
        _COMPTE,
        "Naissance",
        "Tapez une seconde fois la date de naissance",
        exemple="30/05/1998",
        confirme="identification.naissance.date",
        longueur=10,
        explication="Tapez à nouveau la date sans la copier : une faute de frappe se voit ainsi tout de suite. Elle "
        "peut être écrite d'une autre façon, 30/05/1998 ou 30051998.",
    ),
    Champ(
        "compte.confirmation_email",
        "Confirmation de l'adresse mail",
        Nature.CONFIRMATION,
        _COMPTE,
        "Contacts",
        "Tapez une seconde fois l'adresse mail",
        confirme="identification.email",
        longueur=100,
        explication="Tapez à nouveau l'adresse sans la copier : avec une faute, aucun message ne vous parviendrait.",
    ),
)
