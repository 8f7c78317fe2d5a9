"""Invented people and figures that all tests of reports share."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime

from reports.contents import common, entry_exit, person, route, slips
from reports.contents.common import Change, Conclusion, Interval, Stage

SCALE = common.OfficialScale(
    title="Три уровня",
    levels=(
        common.Level(code="high", title="высокий уровень профессиональных дефицитов", short="высокий", lower=0),
        common.Level(code="medium", title="средний уровень профессиональных дефицитов", short="средний", lower=60),
        common.Level(code="minimal", title="минимальный уровень профессиональных дефицитов", short="минимальный", lower=80),
    ),
    deficit_below=60,
    approved="Положение № 14 от 12.03.2026",
)  # fmt: skip
SOURCES = common.Sources(
    instrument=common.Version(title="Профессиональные дефициты учителя математики", version="1.4"),
    scoring=common.Version(title="Ключи и баллы", version="1.4.1"),
    framework=common.Version(title="Компетенции учителя: ДПО", version="1.3"),
    method=common.Version(title="Методика расчёта", version="3.0"),
    calibration=common.Version(title="Апробация осени", version="2026-10"),
    data_cut=datetime(2027, 4, 30, 16, 20, tzinfo=UTC),
    forms=("вариант А", "вариант Б"),
)
HEADING = common.Heading(
    organisation="ГАУ ДПО «Заречный институт развития образования»",
    approval=common.Approval(
        position="Директор ГАУ ДПО «Заречный институт развития образования»",
        name="Н. С. Ларина",
        year=2027,
    ),
    check_code="7K4P-20M8",
    formed_at=datetime(2027, 4, 30, 16, 20, tzinfo=UTC),
)
MINIMAL, MEDIUM, HIGH = (level.title for level in reversed(SCALE.levels))


def block(
    code: str, title: str, percent: float | None, low: float, high: float, conclusion: Conclusion,
    level: str | None, points: float, maximum: float, items: int, planned: int,
) -> person.BlockResult:  # fmt: skip
    return person.BlockResult(
        code=code, title=title, percent=percent, band=Interval(low, high), conclusion=conclusion,
        provisional=False, level=level, points=points, maximum=maximum, n_items=items,
        n_planned=planned, omitted=1 if code == "VPR" else 0, unreached=planned - items,
    )  # fmt: skip


def person_report() -> person.PersonReport:
    c = Conclusion
    return person.PersonReport(
        heading=replace(HEADING, approval=None),
        full_name="Соколова Анна Петровна",
        position="учитель математики",
        school="МБОУ «Школа № 12»",
        municipality="Приозёрный район",
        diagnosis="Диагностика профессиональных дефицитов учителя математики",
        stage=Stage.ENTRY,
        taken_on=date(2026, 11, 22),
        visibility=person.Visibility.PERSON_AND_TUTOR,
        scale=SCALE,
        blocks=(
            block("SUBJ", "Предметное содержание", 88, 70, 94, c.SURELY_NONE, MINIMAL, 8.8, 10, 10, 10),
            block("PLAN", "Планирование урока", 68.75, 48, 82, c.NOT_SHOWN, MEDIUM, 5.5, 8, 8, 8),
            block("FORM", "Формирующее оценивание", 87.5, 67, 94, c.SURELY_NONE, MINIMAL, 7, 8, 8, 8),
            block("VPR", "Анализ результатов ВПР", 40, 26, 58, c.CONFIRMED, HIGH, 4, 10, 10, 10),
            block("FUNC", "Функциональная грамотность", 50, 21, 79, c.NO_CONCLUSION, None, 1, 2, 2, 8),
            block("ERR", "Работа с ошибками учеников", 56.25, 37, 73, c.PROBABLE, HIGH, 4.5, 8, 8, 8),
        ),
        evidence=(
            person.Evidence(block="VPR", code="V04", title="От таблицы ошибок к плану урока", points=0, maximum=1),
            person.Evidence(block="VPR", code="V07", title="Отбор учеников для группы коррекции", points=0, maximum=1, omitted=True),
            person.Evidence(block="VPR", code="V09", title="Сравнение класса с прошлым годом", points=1, maximum=1),
            person.Evidence(block="FUNC", code="G05", title="Задание с избыточными данными", points=0, maximum=1, unreached=True),
            person.Evidence(block="ERR", code="E02", title="Причина ошибки в действиях с дробями", points=0.5, maximum=1),
        ),
        strengths=(
            person.Strength(block="SUBJ", title="Предметное содержание", solved=9, n_items=10),
            person.Strength(block="FORM", title="Формирующее оценивание", solved=7, n_items=8),
        ),
        develop=(
            person.Need(block="VPR", title="Анализ результатов ВПР", probable=False, topic="От таблицы ошибок к плану урока", lost=3, n_items=4),
            person.Need(block="ERR", title="Работа с ошибками учеников", probable=True),
        ),
        next_step=person.NextStep(
            title="Модуль «От таблицы ошибок к плану урока»", hours=6, starts=date(2026, 12, 1),
            clarifying_items=6, clarifying_minutes=8,
        ),
        sources=SOURCES,
    )  # fmt: skip


def change(
    code: str, title: str, entry: float, exit_: float, low: float, high: float,
    verdict: Change, deficits: tuple[int, int, int, int, int],
) -> entry_exit.BlockChange:  # fmt: skip
    delta = exit_ - entry
    seeded = random.Random(code)
    paths = tuple(
        (min(100.0, max(0.0, seeded.gauss(entry, 16))), min(100.0, max(0.0, seeded.gauss(exit_, 16))))
        for _ in range(20)
    )
    return entry_exit.BlockChange(
        code=code, title=title, n=20, entry=entry, exit=exit_,
        entry_interval=Interval(entry - 7, entry + 7), exit_interval=Interval(exit_ - 6.5, exit_ + 6.5),
        change=delta, interval=Interval(low, high), effect=delta / 18, effect_interval=Interval(low / 18, high / 18),
        verdict=verdict, deficits=entry_exit.Deficits(entry=deficits[0], closed=deficits[1], remaining=deficits[2], new=deficits[3], exit=deficits[4]),
        gain=delta / (100 - entry), improved=13, same=3, worse=4, reliably_improved=5, reliably_worse=1, paths=paths,
    )  # fmt: skip


def entry_exit_report() -> entry_exit.EntryExitReport:
    g, w = Change.GREW, Change.WITHIN_ERROR
    return entry_exit.EntryExitReport(
        heading=HEADING,
        group="Математики Приозёрного района",
        diagnosis="Профессиональные дефициты учителя математики",
        entry_on=date(2026, 11, 22),
        exit_on=date(2027, 4, 28),
        course_hours=52,
        flow=entry_exit.Flow(invited=24, entry=22, exit=21, both=20, schools=7),
        participants=(
            entry_exit.ParticipantsLine(title="МБОУ «Школа № 12»", invited=9, entry=8, exit=8, both=8),
            entry_exit.ParticipantsLine(title="МБОУ «Лицей № 3»", invited=8, entry=8, exit=7, both=7),
            entry_exit.ParticipantsLine(title="МКОУ «Озёрская средняя школа»", invited=7, entry=6, exit=6, both=5),
        ),
        comparability=entry_exit.Comparability(
            verdict=entry_exit.Comparison.LINKED, n_items=52, n_common=14, n_dropped=1, linking_error=0.8,
        ),
        scale=SCALE,
        whole=change("ALL", "Вся работа", 66.2, 72.0, 2.1, 9.5, g, (6, 3, 3, 1, 4)),
        blocks=(
            change("SUBJ", "Предметное содержание", 76.8, 79.0, -5.2, 9.7, w, (3, 2, 1, 3, 4)),
            change("PLAN", "Планирование урока", 75.3, 72.1, -12.8, 6.3, w, (3, 3, 0, 6, 6)),
            change("FORM", "Формирующее оценивание", 56.6, 71.1, 5.6, 23.5, g, (11, 6, 5, 1, 6)),
            change("VPR", "Анализ результатов ВПР", 59.8, 71.0, 2.2, 20.3, g, (10, 6, 4, 3, 7)),
            change("FUNC", "Функциональная грамотность", 68.1, 69.3, -7.8, 10.2, w, (8, 4, 4, 2, 6)),
            change("ERR", "Работа с ошибками учеников", 60.6, 69.0, 0.7, 16.1, g, (9, 4, 5, 2, 7)),
        ),
        transitions=entry_exit.Transitions(
            levels=("высокий", "средний", "минимальный"), counts=((3, 3, 0), (1, 6, 4), (0, 0, 3)),
        ),
        common_items=(
            entry_exit.CommonItem(code="F03", title="Вопрос к решению ученика", block="Формирующее оценивание", n=20, entry=45, exit=70),
            entry_exit.CommonItem(code="V04", title="От таблицы ошибок к плану урока", block="Анализ результатов ВПР", n=20, entry=35, exit=60),
            entry_exit.CommonItem(code="S11", title="Область допустимых значений", block="Предметное содержание", n=20, entry=80, exit=50, dropped=True),
        ),
        attrition=entry_exit.Attrition(n_left=2, left_entry=53.0, n_stayed=20, stayed_entry=66.2),
        reliability=(
            entry_exit.Reliability(stage=Stage.ENTRY, form="вариант А", n=22, n_items=52, alpha=0.84, alpha_interval=Interval(0.72, 0.92), omega=0.86, sem=6.1),
            entry_exit.Reliability(stage=Stage.EXIT, form="вариант Б", n=21, n_items=52, alpha=0.82, alpha_interval=Interval(0.69, 0.91), omega=None, sem=6.4),
        ),
        cautions=(
            entry_exit.CautionNote(code=entry_exit.Caution.NO_CONTROL_GROUP),
            entry_exit.CautionNote(code=entry_exit.Caution.REGRESSION_TO_MEAN, value=3),
        ),
        sources=SOURCES,
        ranks=(entry_exit.RankTest(code="PLAN", n_nonzero=19, p=0.412), entry_exit.RankTest(code="VPR", n_nonzero=17, p=0.0004)),
        effort=(
            entry_exit.Effort(stage=Stage.ENTRY, n=22, minutes=41.5, omitted=1.4, unreached=0.2),
            entry_exit.Effort(stage=Stage.EXIT, n=21, minutes=None, omitted=0.6, unreached=0.0),
        ),
        recommendations=("Разобрать планирование урока: у шести человек уровень дефицитов стал высоким.",),
        people=(
            entry_exit.PersonLine(full_name="Соколова Анна Петровна", school="МБОУ «Школа № 12»", entry=52, exit=61, entry_level="высокий", exit_level="средний", verdict=w, next_check="разбор урока", closed=("Анализ результатов ВПР",), new=(), conclusions={"PLAN": (Conclusion.PROBABLE, Conclusion.SURELY_NONE)}),
        ),
    )  # fmt: skip


def route_plan() -> route.RoutePlan:
    confirmed, started, planned = route.StepState.CONFIRMED, route.StepState.STARTED, route.StepState.PLANNED

    def step(
        code: str,
        deficit: str,
        task: str,
        reason: str,
        form: str,
        place: str,
        hours: float,
        due: date,
        evidence: str,
        state: route.StepState,
    ) -> route.PlanStep:
        return route.PlanStep(
            deficit=deficit,
            task=task,
            reason=reason,
            form=form,
            place=place,
            link="",
            starts=date(2026, 12, 1),
            due=due,
            hours=hours,
            evidence=evidence,
            state=state,
            confirmed_on=date(2026, 12, 20) if state is confirmed else None,
        )

    return route.RoutePlan(
        heading=common.Heading(
            organisation=HEADING.organisation,
            approval=common.Approval(position="Директор МБОУ «Школа № 12»", name="И. А. Ветрова", year=2026),
            formed_at=HEADING.formed_at,
            check_code="3B7C-91QX",
        ),
        teacher=route.Teacher(
            full_name="Соколова Анна Петровна", position="учитель математики", subject="математика, 5–9 классы",
            school="МБОУ «Школа № 12»", municipality="Приозёрный район", experience="14 лет",
            category="первая", education="высшее педагогическое", contact="sokolova@school12.example",
        ),
        tutor="Белова Мария Игоревна",
        starts=date(2026, 12, 1),
        ends=date(2027, 4, 30),
        state=route.RouteState.APPROVED,
        revision=2,
        diagnosed_on=date(2026, 11, 22),
        scale=SCALE,
        diagnosis=(
            route.DiagnosisLine(code="VPR", title="Анализ результатов ВПР", points=4, maximum=10, percent=40, level=HIGH, conclusion=Conclusion.CONFIRMED, provisional=False, n_items=10),
            route.DiagnosisLine(code="ERR", title="Работа с ошибками учеников", points=4.5, maximum=8, percent=56.25, level=HIGH, conclusion=Conclusion.PROBABLE, provisional=True, n_items=8),
            route.DiagnosisLine(code="FUNC", title="Функциональная грамотность", points=1, maximum=2, percent=50, level=None, conclusion=Conclusion.NO_CONCLUSION, provisional=False, n_items=2),
        ),
        goal="Научиться переходить от таблицы ошибок класса к плану уроков коррекции.",
        tasks=("Освоить разбор результатов ВПР по действиям ученика.", "Проверить на уроке, исчезла ли ошибка."),
        steps=(
            step("VPR.2", "Анализ результатов ВПР", "Модуль «От таблицы ошибок к плану урока»: пройти 4 темы, сдать таблицу ошибок своего класса", "3 задания из 4 потеряны на этом шаге", "модуль", "ЦНППМ, дистанционно", 6, date(2026, 12, 24), "таблица ошибок", confirmed),
            step("ERR", "Работа с ошибками учеников", "Уточнить: ответить ещё на 6 заданий", "вывод был предварительным: 56 %, полоса заходила за 60 %", "самообразование", "с телефона", 0.5, date(2026, 12, 15), "результат", confirmed),
            step("VPR.3", "Анализ результатов ВПР", "Провести урок по плану коррекции, отметить, у кого ошибка исчезла", "план есть, проверки на уроке ещё не было", "взаимопосещение уроков", "МБОУ «Школа № 12»", 4, date(2027, 3, 12), "план и отметки по 6 «Б»", started),
            step("ERR.1", "Работа с ошибками учеников", "Разбор двух работ вместе с тьютором: назвать причину каждой ошибки", "причина названа в 7 заданиях из 14", "наставничество", "встреча онлайн", 2, date(2027, 4, 2), "протокол встречи", planned),
        ),
        waivers=(
            route.Waiver(deficit="Формирующее оценивание", level=HIGH, reason="прошла курс в сентябре, проверка на итоговой диагностике", signed_by="Белова М. И.", signed_on=date(2026, 11, 27)),
        ),
        signatures=(
            route.Signature(role="Педагог", name="А. П. Соколова", signed_on=date(2026, 11, 26)),
            route.Signature(role="Тьютор", name="М. И. Белова", signed_on=date(2026, 11, 27)),
            route.Signature(role="Руководитель образовательной организации", name="И. А. Ветрова"),
        ),
        sources=SOURCES,
        sharing="Показать таблицу ошибок на школьном методическом объединении.",
        tutor_conclusion="",
    )  # fmt: skip


def access_sheet(n: int = 10) -> slips.AccessSheet:
    names = (
        "Соколова Анна Петровна",
        "Константинопольская-Рождественская Александра Владиславовна",
        "Ким Олег",
    )
    return slips.AccessSheet(
        diagnosis="Профессиональные дефициты учителя математики: входная диагностика",
        address="orientir.example/k",
        opens=date(2026, 11, 16),
        closes=date(2026, 11, 27),
        minutes=40,
        contact="Белова Мария Игоревна, 8 (813) 000-00-00",
        cards=tuple(
            slips.AccessCard(
                full_name=names[i % 3], school="МБОУ «Школа № 12»", school_code="PZ12",
                code=f"K7M{i}-4QX{i}", link=f"https://orientir.example/k/{i}abcdEFGH0123456789",
            )
            for i in range(n)
        ),
    )  # fmt: skip
