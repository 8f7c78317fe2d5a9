"""Backups: one consistent snapshot of all rows and files, readable by either database."""
