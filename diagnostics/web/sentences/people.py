from __future__ import annotations

from diagnostics.web.sentences.common import N_

SENTENCES: dict[str, str] = {
    "link_used_or_expired": N_("Ссылка уже использована или её срок закончился. Попросите новую."),
    "sign_in_failed": N_("Почта или пароль не подошли. Проверьте раскладку и повторите."),
    "too_many_attempts": N_("Слишком много попыток. Повторите через %(minutes)s мин."),
    "password_too_short": N_("Пароль короче %(minimum)s знаков."),
    "password_too_long": N_("Пароль длиннее %(maximum)s знаков."),
}
