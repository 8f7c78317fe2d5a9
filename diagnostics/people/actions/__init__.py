"""Changes of the stage, a module a noun: persons, places, memberships, roles, accounts, consents."""
