"""Flask objects, made once and bound to an application by the factory."""

from __future__ import annotations

from flask_babel import Babel
from flask_login import LoginManager
from flask_migrate import Migrate

login = LoginManager()
babel = Babel()
migrate = Migrate(render_as_batch=True, compare_type=True)
