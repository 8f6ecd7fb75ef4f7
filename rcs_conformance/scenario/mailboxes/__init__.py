"""Subscriptions of the users, and the mailboxes that their notifications arrive in."""
