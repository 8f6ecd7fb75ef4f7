"""Checks: pure functions over recorded exchanges and notifications, each about one clause.

One module for each family of requirements: `group_creation` (the request for a group, and the group
it creates), `invitations`, `participation` (joining and leaving), `chat_notifications`,
`received_messages`, `chat_subscriptions`, `conventions` (what holds for every resource). The checks
of `generic` run on every exchange and notification of every test.
"""
