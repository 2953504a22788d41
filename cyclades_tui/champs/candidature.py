"""The fields of one candidature: terms, Informations candidature, Qualification présentée (F160-F204)."""

from __future__ import annotations

from cyclades_tui.champs.specification import Champ, Condition, Nature

_INFOS = "candidature"
_NON_SCOLAIRE = (Condition("hors_groupe", valeurs=("scolaire",)),)

ACCORDS: tuple[Champ, ...] = (
    Champ(
        "modalites.accord",
        "Acceptation des modalités d'inscription",
        Nature.CASE,
        "modalites",
        "Modalités d'inscription",
        "Lisez le texte, puis cochez la case",
    ),
    Champ(
        "conditions.accord",
        "Acceptation des conditions d'inscription",
        Nature.CASE,
        "conditions",
        "Conditions d'inscription",
        "Lisez le texte, puis cochez la case",
    ),
)

INFORMATIONS: tuple[Champ, ...] = (
    Champ(
        "candidature.categorie",
        "Catégorie du candidat",
        Nature.CHOIX,
        _INFOS,
        "Type de candidature",
        "Celle qui correspond à votre situation pour cet examen",
        exemple="INDIVIDUEL",
        liste="categories",
        libelle_document="Catégorie du Candidat",
    ),
    Champ(
        "candidature.situation",
        "Situation à l'inscription",
        Nature.CHOIX,
        _INFOS,
        "Type de candidature",
        "Votre situation avant cette inscription",
        liste="situations",
        condition=_NON_SCOLAIRE,
    ),
    Champ(
        "candidature.amenagement_duree",
        "Aménagement de la durée de formation",
        Nature.OUI_NON,
        _INFOS,
        "Type de candidature",
        "Oui si la durée de votre formation a été raccourcie ou allongée",
        libelle_recapitulatif="Aménagement durée de formation",
    ),
    Champ(
        "candidature.etablissement",
        "Etablissement",
        Nature.CHOIX,
        _INFOS,
        "Etablissement du candidat",
        "Votre établissement, ou INDIVIDUELS suivi du département",
        exemple="INDIVIDUELS 035",
        liste="etablissements",
        libelle_recapitulatif="Votre établissement",
        libelle_document="Etablissement",
    ),
    Champ(
        "candidature.amenagement_handicap",
        "Demande d'aménagement(s) d'épreuves au titre du handicap (1)",
        Nature.OUI_NON,
        _INFOS,
        "Aménagement d'épreuve demandé au titre du handicap",
        "Si Oui, contactez au plus vite le service des examens",
        libelle_recapitulatif="Demande d'aménagement(s) d'épreuves au titre du handicap",
        libelle_document="Aménagement d'épreuve demandé au titre du handicap",
    ),
    Champ(
        "candidature.vae",
        "Valorisation des acquis de l'expérience",
        Nature.CALCULE,
        _INFOS,
        "Type de candidature",
        "D'après vos acquis",
        obligatoire=None,
        libelle_document="VAE",
    ),
    Champ(
        "candidature.consentement_presse",
        "J'accepte la communication de mes résultats d'examen, en vue d'une publication par la presse "
        "ou sur les sites internet de sociétés de droit privé",
        Nature.OUI_NON,
        _INFOS,
        "Diffusion des résultats",
        "Les deux réponses sont acceptées",
        libelle_recapitulatif="Communication des résultats d'examen en vue d'une publication par la presse "
        "ou sur les sites internet de sociétés de droit privé",
    ),
    Champ(
        "candidature.consentement_collectivites",
        "J'accepte la communication de mes résultats, de mon nom et de mon adresse aux collectivités "
        "territoriales en vue d'éventuelles félicitations",
        Nature.OUI_NON,
        _INFOS,
        "Diffusion des résultats",
        "Les deux réponses sont acceptées",
        libelle_recapitulatif="Communication des résultats, de mon nom et de mon adresse aux collectivités "
        "territoriales en vue d'éventuelles félicitations",
    ),
)

QUALIFICATION: tuple[Champ, ...] = (
    Champ(
        "qualification.specialite",
        "Spécialité",
        Nature.CHOIX,
        "qualification",
        "Qualification présentée",
        "Nom ou code à cinq chiffres",
        exemple="25303",
        liste="specialites",
    ),
    Champ(
        "qualification.section_langue",
        "Section de langue",
        Nature.CHOIX,
        "qualification",
        "Enseignements",
        "Section européenne suivie, s'il y en a une",
        liste="sections_langue",
        defaut="Pas de section européenne",
        libelle_recapitulatif="Enseignement(s)",
    ),
    Champ(
        "qualification.forme",
        "Forme de passage",
        Nature.CHOIX,
        "qualification",
        "Forme de passage",
        "Globale : tout à la même session ; progressive : en plusieurs",
        liste="formes",
        defaut="globale",
    ),
    Champ(
        "qualification.derogation",
        "Dérogation à la forme de passage",
        Nature.OUI_NON,
        "qualification",
        "Forme de passage",
        "Oui si le recteur vous l'a accordée",
        condition=(Condition("derogation"),),
        libelle_recapitulatif="Dérogation forme de passage",
    ),
    Champ(
        "qualification.forme_finale",
        "Forme passage finale",
        Nature.CALCULE,
        "qualification",
        "Forme de passage",
        "D'après la forme et la dérogation",
        obligatoire=None,
        libelle_recapitulatif="Forme de passage finale",
        libelle_document="Forme de passage",
    ),
)
