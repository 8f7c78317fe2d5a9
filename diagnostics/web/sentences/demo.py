from __future__ import annotations

from diagnostics.web.sentences.common import N_

SENTENCES: dict[str, str] = {
    "demo_not_switchable": N_(
        "Это демо заполнено в базе, которую задаёт DATABASE_URL: сбросить или убрать его можно только вместе с ней."
    ),
    "demo_base_not_empty": N_("В базе уже есть люди: демо делают только в пустой базе."),
}
