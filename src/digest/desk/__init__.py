"""From a new article to a published quotation: add, take, dismiss."""
