"""Of which year the figures of a table are: said by a column, a heading, a title, or asked."""

from balikpapan.spreadsheets.cells import Finding, is_blank

from ..answers import Question


def question_years(tables, resource) -> list[Question]:
    """Columns of several years side by side: those of one year can be read at a time."""
    questions = []
    for table in tables:
        columns = resource.dated_columns(table) if resource.year_column else []
        years = sorted({column.year for column in columns})
        if len(years) < 2:
            continue
        newest = [column for column in columns if column.year == years[-1]]
        questions.append(
            Question(
                "columns",
                f"Judul kolom lembar «{table.sheet.name}» menyebut tahun "
                f"{', '.join(map(str, years))}. Satu unggahan memuat satu tahun: pilih kolomnya, "
                "lalu unggah lagi untuk tahun lainnya.",
                [column.letter for column in columns],
                ", ".join(f"{column.letter}={column.field}" for column in newest),
                columns=tuple(column.letter for column in columns),
            )
        )
    return questions


def settle_years(tables, resource, answers, problems) -> list[Question]:
    """Tells where the year of each table comes from; a question where nothing says it."""
    if resource.year_column is None:
        return []
    for table in tables:
        if table.column_of(resource.year_column) or resource.answered_year(answers):
            _tell_contradictions(table, resource, answers, problems)
            continue
        dated = {column.year for column in resource.dated_columns(table)}
        if len(dated) > 1 or not _has_figures(table, resource):
            continue  # of several years the user chooses the columns of one
        headed = resource.headed_year(table)
        year = headed or resource.titled_year(table)
        if year is None:
            choices = [str(year) for year in resource.year_choices]
            return [Question("year", resource.year_question, choices)]
        where = "judul kolom" if headed else "judul tabel"
        code = "year_from_heading" if headed else "year_from_title"
        message = f"Tahun data {year} diambil dari {where}."
        problems.add(Finding("note", code, message), sheet=table.sheet.name)
    return []


def _tell_contradictions(table, resource, answers, problems):
    """A heading that names another year than the one its figures are stored for."""
    asked = None if table.column_of(resource.year_column) else resource.answered_year(answers)
    for column in resource.dated_columns(table):
        if column.field != resource.year_column and column.year != asked:
            message = (
                f"Judul ini menyebut tahun {column.year}, tetapi tahun datanya diambil dari "
                f"{'jawaban Anda' if asked else 'kolom tahun'}. Periksa tahunnya."
            )
            problems.say_of_column(table, column, "warning", "year_conflict", message)


def _has_figures(table, resource):
    columns = resource.columns()
    if not columns[resource.year_column].child:
        return True
    return any(
        not is_blank(table.sheet.columns[column.index][row])
        for column in table.columns
        if column.field and columns[column.field].child
        for row in table.rows
    )
