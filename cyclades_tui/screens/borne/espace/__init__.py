"""The candidate's own pages: candidatures, activities, versions, messages."""
