"""From an executed notebook to a published report; knows documents, not town twinnings."""
