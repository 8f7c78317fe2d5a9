"""The floor of a sitting: Flask, one table on SQLite with durable commits, pages of one line and nothing else."""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping
from typing import Any

# A page to begin with, a save an answer, a receipt. No sign-in, no token, no rights, no template. A connection a thread:
# one opened anew at each save would make the floor twice as high.
SKETCH = """
import os, sqlite3, sys, threading
from flask import Flask, request
from waitress import serve
app = Flask(__name__)
base = os.path.join(os.environ['DATA_DIR'], 'sketch.db')
kept = threading.local()
def rows(sql, *values):
    if not hasattr(kept, 'connection'):
        kept.connection = sqlite3.connect(base)
        kept.connection.execute('PRAGMA synchronous=FULL')
    with kept.connection:
        return kept.connection.execute(sql, values).fetchall()
rows('PRAGMA journal_mode=WAL')
rows('CREATE TABLE IF NOT EXISTS answer (sitting TEXT, item TEXT, value TEXT)')
@app.get('/healthz')
@app.get('/start')
def start(): return '<p>start</p>'
@app.post('/save')
def save():
    told = request.get_json()
    rows('INSERT INTO answer VALUES (?, ?, ?)', told['sitting'], told['item'], str(told['value']))
    return '{}'
@app.post('/submit')
def submit(): return str(len(rows('SELECT * FROM answer WHERE sitting = ?', request.get_json()['sitting'])))
serve(app, host='127.0.0.1', port=int(sys.argv[1]), threads=int(sys.argv[2]))
"""


def sketch_sitting(port: int, answers: Mapping[str, Any]) -> None:
    """The same number of saves as ours, over one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    _ask(connection, "GET", "/start", None)
    for item, value in answers.items():
        _ask(connection, "POST", "/save", {"sitting": "1", "item": item, "value": value})
    _ask(connection, "POST", "/submit", {"sitting": "1"})
    connection.close()


def _ask(connection: http.client.HTTPConnection, method: str, path: str, body: object) -> None:
    told = None if body is None else json.dumps(body)
    connection.request(method, path, told, {"Content-Type": "application/json"})
    response = connection.getresponse()
    response.read()
    assert response.status == 200, response.status
