"""What goods are worth: the stated value, or the price of one and how many there are."""

from balikpapan.spreadsheets.cells import Finding, format_rupiah


def fill_values(rows, problems) -> None:
    """Fills a blank value from unit price and quantity; tells where the two contradict it.

    A list of goods without any column of values is told so, once a sheet.
    """
    prices, quantities = rows.values.get("unit_price"), rows.column("quantity")
    if prices is not None:
        values = rows.fill("acquisition_value")
        for index, price in enumerate(prices):
            if not isinstance(price, int) or rows.is_aside(index):
                continue
            quantity = quantities[index] if isinstance(quantities[index], int) else 1
            if values[index] is None:
                values[index] = price * quantity
                if quantity != 1:
                    message = (
                        f"{format_rupiah(price)} x {quantity} = {format_rupiah(price * quantity)} "
                        "dicatat sebagai nilai perolehan."
                    )
                    finding = Finding("note", "price_times_quantity", message)
                    rows.tell(problems, index, "unit_price", finding, price)
            elif isinstance(values[index], int) and values[index] != price * quantity:
                message = (
                    f"{format_rupiah(price)} x {quantity} = {format_rupiah(price * quantity)}, "
                    f"sedangkan nilainya tertulis {format_rupiah(values[index])}. Nilai tertulis "
                    "yang dicatat; periksa harga dan jumlahnya."
                )
                finding = Finding("warning", "total_mismatch", message)
                rows.tell(problems, index, "acquisition_value", finding, values[index])
    for sheet, places in enumerate(rows.places):
        priced_alone = "unit_price" in places and not {"acquisition_value", "quantity"} & set(
            places
        )
        if priced_alone and sheet in rows.sheet_of:
            message = (
                "Daftar ini menyebut harga satuan tanpa kolom jumlah yang dikenal, jadi tiap baris "
                "dinilai sebagai satu barang. Periksa judul kolom jumlahnya."
            )
            finding = Finding("warning", "no_quantity_column", message)
            rows.tell(problems, rows.sheet_of.index(sheet), "unit_price", finding)
        valued = "acquisition_value" in places or "unit_price" in places
        if not valued and sheet in rows.sheet_of:
            message = (
                "Daftar ini tidak punya kolom nilai atau harga yang dikenal, jadi nilai perolehan "
                "barangnya tidak tercatat. Periksa judul kolomnya."
            )
            finding = Finding("warning", "no_value_column", message)
            rows.tell(problems, rows.sheet_of.index(sheet), "acquisition_value", finding)
