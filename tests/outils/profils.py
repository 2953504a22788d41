"""Changes that turn a pupil's form into that of another kind of candidate."""

EN_INDIVIDUEL = {
    "candidature.categorie": "INDIVIDUEL",
    "candidature.situation": "SALARIE",
    "candidature.etablissement": "INDIVIDUELS 973",
    "qualification.derogation": "",
    "identification.ine": "",
    "identification.csp_representant": "",
}
