"""The keys that the wizard tells, at the foot of each tab and in its help."""

from __future__ import annotations

DES_CHAMPS = (
    ("Entrée", "champ suivant"),
    ("↑ ↓", "se déplacer"),
    ("F2", "sommaire"),
    ("F6", "zone suivante"),
    ("F12", "affichage"),
)
PAR_ONGLET = {
    "acquis": (("Espace", "cocher"), ("↑ ↓", "se déplacer"), ("Entrée", "champ suivant"), ("F2", "sommaire")),
    "epreuves": (("→ ←", "ouvrir, fermer"), ("Entrée", "pourquoi ?"), ("Espace", "choisir"), ("F2", "sommaire")),
    "recapitulatif": (("↑ ↓", "bloc"), ("Entrée", "corriger ce bloc"), ("Pg↓", "page"), ("F2", "sommaire")),
    "conditions": (("Espace", "cocher"), ("F9", "enregistrer"), ("F2", "sommaire")),
    "numero": (("F4", "visualiser"), ("↑ ↓", "lire"), ("Éch", "quitter")),
}
DE_L_AIDE = (
    ("F7 F8", "onglet d'avant, d'après"),
    ("F2", "sommaire des onglets"),
    ("Tab ↑ ↓", "de champ en champ"),
    ("Pg↑ Pg↓", "de section en section"),
    ("Espace", "cocher, ouvrir"),
    ("F6", "vers les boutons"),
    ("F9", "enregistrer, à la fin"),
    ("F4", "visualiser, ensuite"),
    ("F12", "affichage"),
    ("Échap", "quitter"),
)
