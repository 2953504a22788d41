"""The candidate's kiosk."""
