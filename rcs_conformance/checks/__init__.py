"""Checks: pure functions over recorded exchanges and notifications, a result for one clause each.

One module for a family: `starting` (what a chat is started with), `invitations`, `participation`
(getting in and out), `notices` (what users are told), `messages`, `subscriptions`, `conventions`
(what holds for every resource), `every` (what is looked at in every event of every test).
"""
