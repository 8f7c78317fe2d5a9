"""The instruction of a participant: headings and what stands under each."""

from __future__ import annotations

from reports.contents.papers.instruction import Instruction
from reports.wording.papers import HAND, STAGES_IN, WHO_SEES, minutes_words, period, sentence, works_words
from reports.wording.words import Words


def instruction_parts(instruction: Instruction, words: Words) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Headings and what stands under each: the same words for the paper and the spreadsheet."""
    contact = instruction.contact or HAND
    return (
        (words.say("1 Что это и когда"), _what(instruction, words)),
        (
            words.say("2 Как войти"),
            (
                words.say("Откройте ссылку из письма или наведите камеру телефона на код карточки доступа."),
                words.say(
                    "Без ссылки: откройте %(address)s, введите код школы и свой код с карточки.",
                    address=instruction.address or HAND,
                ),
                words.say("Прочитайте согласие на обработку данных. Без согласия работа не начинается."),
            ),
        ),
        (
            words.say("3 Как выполнять работу"),
            (
                words.say("Отвечайте самостоятельно, без подсказок коллег: по ответам подбирают помощь лично вам."),
                words.say("Каждый ответ сохраняется сразу. Можно прерваться и продолжить с другого устройства."),
                words.say("Задание можно отметить и вернуться к нему до отправки. Пропуск лучше случайного ответа."),
                words.say("Нажмите «Отправить», когда закончите: после отправки ответы изменить нельзя."),
            ),
        ),
        (
            words.say("4 Что будет с результатом"),
            (
                words.say(WHO_SEES[instruction.visibility]),
                words.say("Результат нужен для вашего развития. Для аттестации и взысканий он не используется."),
                words.say("Согласие можно отозвать в любой момент на странице «Мои данные» или через ответственного."),
            ),
        ),
        (
            words.say("5 Если что-то не получается"),
            (
                words.say("Пропала связь: не закрывайте страницу, ответы отправятся, когда связь вернётся."),
                words.say("Не подходит код или нужно больше времени, обратитесь: %(contact)s.", contact=contact),
            ),
        ),
    )  # fmt: skip


def _what(instruction: Instruction, words: Words) -> tuple[str, ...]:
    head = instruction.head
    works = works_words(instruction.works)
    lines = [sentence(words.say("Вы участвуете %(stage)s %(period)s", stage=words.say(STAGES_IN[head.stage]), period=period(head, words)))]  # fmt: skip
    if works:
        lines.append(words.say("Диагностическая работа: %(works)s.", works=works))
    if instruction.tasks and instruction.minutes:
        lines.append(
            words.say(
                "Объём: %(tasks)s, около %(minutes)s.",
                tasks=words.count(instruction.tasks, "%(n)d задание", "%(n)d задания", "%(n)d заданий"),
                minutes=minutes_words(instruction.minutes, words),
            )
        )
    return tuple(lines)
