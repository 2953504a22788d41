"""The fields of one candidature: terms, Informations candidature, Qualification présentée (F160-F204)."""

from __future__ import annotations

from cyclades_tui.champs.specification import Champ, Condition, Nature
from cyclades_tui.domaine.onglets import NomOnglet

_NON_SCOLAIRE = (Condition("hors_groupe", valeurs=("scolaire",)),)

ACCORDS: tuple[Champ, ...] = (
    Champ(
        "modalites.accord",
        "Acceptation des modalités d'inscription",
        Nature.CASE,
        NomOnglet.MODALITES,
        "Modalités d'inscription",
        "Lisez le texte, puis cochez la case",
        explication="Lisez le texte au-dessus : cocher la case veut dire que vous l'acceptez. Sans elle, l'onglet "
        "suivant ne s'ouvre pas.",
    ),
    Champ(
        "conditions.accord",
        "Acceptation des conditions d'inscription",
        Nature.CASE,
        NomOnglet.CONDITIONS,
        "Conditions d'inscription",
        "Lisez le texte, puis cochez la case",
        explication="Cocher la case vous engage à fournir les pièces demandées et à respecter les conditions. C'est le "
        "dernier pas avant « Enregistrer » ; l'instant de votre accord est gardé avec le texte.",
    ),
)

INFORMATIONS: tuple[Champ, ...] = (
    Champ(
        "candidature.categorie",
        "Catégorie du candidat",
        Nature.CHOIX,
        NomOnglet.CANDIDATURE,
        "Type de candidature",
        "Votre situation pour cet examen",
        exemple="INDIVIDUEL",
        liste="categories",
        libelle_document="Catégorie du Candidat",
        explication="Elle dit à quel titre vous vous présentez : individuel, en formation, à distance, scolaire. Les "
        "établissements, la forme de passage et le mode des épreuves en dépendent.",
    ),
    Champ(
        "candidature.situation",
        "Situation à l'inscription",
        Nature.CHOIX,
        NomOnglet.CANDIDATURE,
        "Type de candidature",
        "Avant cette inscription",
        liste="situations",
        condition=_NON_SCOLAIRE,
        explication="D'où vous venez : ancien scolaire, ancien apprenti, salarié, inscrit au CNED, autre. Elle n'est "
        "pas demandée aux candidats scolaires.",
    ),
    Champ(
        "candidature.amenagement_duree",
        "Aménagement de la durée de formation",
        Nature.OUI_NON,
        NomOnglet.CANDIDATURE,
        "Type de candidature",
        "Oui si elle a été raccourcie ou allongée",
        libelle_recapitulatif="Aménagement durée de formation",
        explication="Oui si votre formation a été raccourcie ou allongée par rapport à sa durée normale. En cas de "
        "doute, demandez à votre établissement ; sans formation suivie, répondez Non.",
    ),
    Champ(
        "candidature.etablissement",
        "Etablissement",
        Nature.CHOIX,
        NomOnglet.CANDIDATURE,
        "Etablissement du candidat",
        "Le vôtre, ou INDIVIDUELS",
        exemple="INDIVIDUELS 035",
        liste="etablissements",
        libelle_recapitulatif="Votre établissement",
        libelle_document="Etablissement",
        explication="La liste suit votre catégorie et votre académie. Un candidat individuel choisit INDIVIDUELS suivi "
        "de son département, 035 par exemple ; un candidat à distance, l'organisme qui le prépare.",
    ),
    Champ(
        "candidature.amenagement_handicap",
        "Demande d'aménagement(s) d'épreuves au titre du handicap (1)",
        Nature.OUI_NON,
        NomOnglet.CANDIDATURE,
        "Aménagement d'épreuve demandé au titre du handicap",
        "Si Oui, contactez au plus vite le service des examens",
        libelle_recapitulatif="Demande d'aménagement(s) d'épreuves au titre du handicap",
        libelle_document="Aménagement d'épreuve demandé au titre du handicap",
        explication="Si Oui, contactez le service des examens au plus vite, avant la clôture des inscriptions. Un "
        "médecin agréé établit le certificat à fournir. Texte : code de l'éducation, articles D.351-27 et "
        "suivants.",
    ),
    Champ(
        "candidature.vae",
        "Valorisation des acquis de l'expérience",
        Nature.CALCULE,
        NomOnglet.CANDIDATURE,
        "Type de candidature",
        "D'après vos acquis",
        obligatoire=None,
        libelle_document="VAE",
        explication="« VAE » si vous déclarez une validation des acquis à l'onglet Acquis, sinon « Non VAE ». Elle "
        "s'imprime sur le récapitulatif.",
    ),
    Champ(
        "candidature.consentement_presse",
        "J'accepte la communication de mes résultats d'examen, en vue d'une publication par la presse "
        "ou sur les sites internet de sociétés de droit privé",
        Nature.OUI_NON,
        NomOnglet.CANDIDATURE,
        "Diffusion des résultats",
        "Les deux réponses sont acceptées",
        libelle_court="Résultats publiés par la presse",
        libelle_recapitulatif="Communication des résultats d'examen en vue d'une publication par la presse "
        "ou sur les sites internet de sociétés de droit privé",
        explication="Vous êtes libre de votre réponse, et rien n'est coché d'avance. Le récapitulatif répète votre "
        "choix : vérifiez-le avant de le signer.",
    ),
    Champ(
        "candidature.consentement_collectivites",
        "J'accepte la communication de mes résultats, de mon nom et de mon adresse aux collectivités "
        "territoriales en vue d'éventuelles félicitations",
        Nature.OUI_NON,
        NomOnglet.CANDIDATURE,
        "Diffusion des résultats",
        "Les deux réponses sont acceptées",
        libelle_court="Résultats pour les collectivités",
        libelle_recapitulatif="Communication des résultats, de mon nom et de mon adresse aux collectivités "
        "territoriales en vue d'éventuelles félicitations",
        explication="Vous êtes libre de votre réponse, et rien n'est coché d'avance. Oui permet par exemple à votre "
        "commune de vous féliciter ; le récapitulatif répète votre choix.",
    ),
)

QUALIFICATION: tuple[Champ, ...] = (
    Champ(
        "qualification.specialite",
        "Spécialité",
        Nature.CHOIX,
        NomOnglet.QUALIFICATION,
        "Qualification présentée",
        "Nom ou code à cinq chiffres",
        liste="specialites",
        explication="Celle du diplôme que vous présentez : les acquis et les épreuves proposés en dépendent. En changer"
        " ensuite fait revoir ces deux onglets.",
    ),
    Champ(
        "qualification.formation",
        "Diplôme, titre ou dispense",
        Nature.CHOIX,
        NomOnglet.QUALIFICATION,
        "Formation",
        "Ce qui vous ouvre ce concours",
        liste="formations",
        longueur=100,
        explication="Le diplôme, le titre ou la dispense qui vous permet de vous présenter au concours. Une copie vous "
        "en sera demandée.",
    ),
    Champ(
        "qualification.coloration",
        "Coloration disciplinaire",
        Nature.CHOIX,
        NomOnglet.QUALIFICATION,
        "Formation",
        "Sa discipline dominante",
        liste="colorations",
        explication="La discipline dominante du diplôme que vous venez d'indiquer. Elle renseigne le service, et ne "
        "change pas les épreuves.",
    ),
    Champ(
        "qualification.section_langue",
        "Section de langue",
        Nature.CHOIX,
        NomOnglet.QUALIFICATION,
        "Enseignements",
        "Celle que vous suivez, s'il y en a",
        liste="sections_langue",
        defaut="Pas de section européenne",
        libelle_recapitulatif="Enseignement(s)",
        explication="Répond à « Quels enseignements spécifiques valorisez-vous ? ». Si vous n'avez pas suivi de section"
        " européenne, gardez « Pas de section européenne ».",
    ),
    Champ(
        "qualification.forme",
        "Forme de passage",
        Nature.CHOIX,
        NomOnglet.QUALIFICATION,
        "Forme de passage",
        "En une session, ou en plusieurs",
        liste="formes",
        defaut="globale",
        explication="Globale : toutes les épreuves à cette session ; progressive : réparties sur plusieurs. Les formes "
        "proposées suivent votre catégorie ; en forme progressive, vous choisissez à l'onglet Épreuves "
        "celles de cette session.",
    ),
    Champ(
        "qualification.derogation",
        "Dérogation à la forme de passage",
        Nature.OUI_NON,
        NomOnglet.QUALIFICATION,
        "Forme de passage",
        "Oui si le recteur vous l'a accordée",
        condition=(Condition("derogation"),),
        libelle_recapitulatif="Dérogation forme de passage",
        explication="Oui si le recteur vous a accordé la forme progressive, malgré votre catégorie. La réponse est Non "
        "pour presque tous les candidats.",
    ),
    Champ(
        "qualification.forme_finale",
        "Forme passage finale",
        Nature.CALCULE,
        NomOnglet.QUALIFICATION,
        "Forme de passage",
        "D'après la forme et la dérogation",
        obligatoire=None,
        libelle_recapitulatif="Forme de passage finale",
        libelle_document="Forme de passage",
        explication="La forme qui vaudra pour l'examen : la forme choisie, ou progressive avec une dérogation. Elle dit"
        " quelles notes peuvent être conservées et quelles épreuves peuvent attendre.",
    ),
)
