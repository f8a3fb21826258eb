"""The trades of invented businesses: what they make, of what size they are, where they work."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Trade:
    """One kind of industry; amounts in million rupiah, ``share`` among a hundred businesses."""

    share: int
    group: str
    commodity: str
    kbli: tuple[str, str]  # KBLI 2020, KBLI 2025
    names: tuple[str, ...]
    products: str
    unit: str
    capacity: tuple[int, int]
    workers: tuple[int, int]
    investment: tuple[int, int]
    output: tuple[int, int]
    centre: str = ""
    is_food: bool = False


TRADES = [
    Trade(13, "Agro", "Pangan", ("10794", "10794"), ("Amplang {first}", "Kerupuk Ikan {proud}", "Keripik {proud}", "Dapur {first}"), "amplang, kerupuk ikan", "bungkus", (1_000, 40_000), (2, 9), (5, 120), (40, 480), "SIKT", True),
    Trade(7, "Agro", "Pangan", ("10391", "10307"), ("Tempe {first}", "Tempe Pak {first}", "Rumah Tempe {proud}"), "tempe", "kg", (4_000, 60_000), (2, 6), (8, 90), (60, 420), "SIKS", True),
    Trade(6, "Agro", "Pangan", ("10392", "10308"), ("Tahu {first}", "Tahu {proud}", "Pabrik Tahu {proud}"), "tahu putih, tahu goreng", "kg", (5_000, 90_000), (2, 8), (10, 150), (70, 520), "SIKS", True),
    Trade(9, "Agro", "Pangan", ("10710", "10710"), ("Roti {proud}", "Toko Kue {first}", "Bakeri {proud}"), "roti, kue kering", "bungkus", (3_000, 90_000), (2, 14), (10, 350), (60, 900), "", True),
    Trade(7, "Agro", "Pangan", ("10792", "10792"), ("Kue {first}", "Jajanan {first}", "Dapur Mama {first}"), "kue basah", "buah", (6_000, 120_000), (1, 5), (2, 40), (24, 240), "", True),
    Trade(6, "Agro", "Pangan", ("10750", "10750"), ("Katering {proud}", "Rumah Abon {first}", "Sambal {first}"), "abon, sambal, lauk kemasan", "bungkus", (2_000, 30_000), (1, 8), (3, 90), (36, 420), "", True),
    Trade(3, "Agro", "Pangan", ("10761", "10761"), ("Kopi {proud}", "Sangrai {proud}"), "kopi bubuk", "kg", (500, 9_000), (1, 6), (15, 200), (50, 700), "", True),
    Trade(3, "Agro", "Pangan", ("10213", "10213"), ("UD {proud} Laut", "CV {proud} Bahari"), "ikan dan kepiting beku", "kg", (10_000, 160_000), (6, 38), (200, 2_600), (500, 9_000), "SIKT", True),
    Trade(6, "Agro", "Pangan", ("11052", "11052"), ("Depot Air {proud}", "Air Isi Ulang {proud}"), "air minum isi ulang", "galon", (6_000, 40_000), (1, 3), (25, 90), (40, 180), "", True),
    Trade(4, "Agro", "Pangan", ("11090", "11059"), ("Jamu {first}", "Sirup {proud}", "Minuman {proud}"), "jamu, minuman rempah", "botol", (1_000, 24_000), (1, 5), (2, 60), (20, 200), "", True),
    Trade(7, "Aneka", "Sandang", ("14120", "14120"), ("Penjahit {first}", "Modiste {first}", "Tailor {proud}"), "jahitan pesanan, seragam", "stel", (200, 3_600), (1, 6), (4, 60), (24, 240)),
    Trade(4, "Aneka", "Sandang", ("14111", "14111"), ("Konveksi {proud}", "Sablon {proud}"), "kaus, seragam", "lembar", (2_000, 40_000), (3, 24), (20, 400), (90, 1_500)),
    Trade(3, "Aneka", "Kerajinan", ("13134", "13133"), ("Batik {proud}", "Batik {first}"), "kain batik motif Balikpapan", "lembar", (150, 2_400), (2, 11), (10, 150), (40, 480)),
    Trade(5, "Aneka", "Kerajinan", ("32903", "32903"), ("Kriya {proud}", "Manik {first}", "Sanggar {proud}"), "kerajinan manik, cendera mata", "buah", (300, 9_000), (1, 7), (2, 50), (18, 200)),
    Trade(2, "Hasil Hutan", "Kerajinan", ("16291", "16291"), ("Anyaman {first}", "Rotan {proud}"), "anyaman rotan", "buah", (200, 3_000), (1, 8), (3, 60), (20, 240)),
    Trade(4, "Hasil Hutan", "Furnitur", ("31001", "31011"), ("Mebel {proud}", "Meubel {first}", "UD {proud} Jati"), "lemari, kusen, meja", "unit", (60, 1_800), (2, 22), (30, 900), (100, 1_900)),
    Trade(2, "Pulp dan Kertas", "Percetakan", ("18111", "18111"), ("Percetakan {proud}", "CV {proud} Grafika"), "undangan, spanduk, buku", "lembar", (20_000, 600_000), (2, 16), (60, 1_500), (120, 2_400)),
    Trade(2, "Kimia", "Kimia dan Bahan Bangunan", ("20231", "20231"), ("Sabun {proud}", "Bersih {proud}"), "sabun cair, pembersih lantai", "botol", (1_000, 20_000), (1, 6), (5, 90), (24, 300)),
    Trade(3, "Kimia", "Bahan Bangunan", ("23951", "23951"), ("Batako {first}", "Paving {proud}"), "batako, paving", "biji", (20_000, 900_000), (2, 18), (30, 1_200), (90, 1_800)),
    Trade(3, "Logam, Mesin dan Perekayasaan", "Elektronika/Logam", ("25111", "25111"), ("Bengkel Las {first}", "Las {proud}", "CV {proud} Teknik"), "pagar, kanopi, teralis", "m2", (150, 6_000), (1, 26), (15, 1_600), (60, 2_800)),
    Trade(1, "Alat Angkut", "Alat Transportasi", ("33151", "33151"), ("Galangan {proud}", "Dok {first}"), "pembuatan dan perbaikan perahu", "unit", (6, 90), (4, 45), (150, 18_000), (300, 24_000)),
]
