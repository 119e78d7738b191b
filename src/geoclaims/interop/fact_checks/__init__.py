"""Fact checks by others, read as articles."""

from geoclaims.interop.fact_checks.claim_review import read_claim_reviews as read_claim_reviews
