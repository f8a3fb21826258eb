from django.db.models import TextChoices


class Gender(TextChoices):
    MALE = "male", "Laki-laki"
    FEMALE = "female", "Perempuan"


class LegalForm(TextChoices):
    SOLE = "sole", "Perorangan"
    UD = "ud", "UD"
    PO = "po", "PO"
    CV = "cv", "CV"
    FIRM = "firm", "Firma"
    PT = "pt", "PT"
    PT_SOLE = "pt_sole", "PT Perorangan"
    COOPERATIVE = "cooperative", "Koperasi"
    KUB = "kub", "KUB"
    OTHER = "other", "Lainnya"


class BusinessStatus(TextChoices):
    ACTIVE = "active", "Aktif"
    INACTIVE = "inactive", "Tidak aktif"
    CLOSED = "closed", "Tutup"
    MOVED = "moved", "Pindah"
    UNVERIFIED = "unverified", "Belum diverifikasi"


#: The states of a business that is no longer here, which say since when.
ENDED = (BusinessStatus.CLOSED, BusinessStatus.MOVED)


class CapacityPeriod(TextChoices):
    DAY = "hari", "per hari"
    MONTH = "bulan", "per bulan"
    YEAR = "tahun", "per tahun"


class CertificateKind(TextChoices):
    PIRT = "pirt", "P-IRT"
    HALAL = "halal", "Halal"
    BRAND = "brand", "Merek"
    SNI = "sni", "SNI"
    TKDN = "tkdn", "TKDN-IK"
    SIINAS = "siinas", "SIINas"
    BPOM = "bpom", "BPOM"
    NUTRITION = "nutrition", "Uji nilai gizi"
    OTHER = "other", "Lainnya"


class CertificateStatus(TextChoices):
    IN_PROCESS = "in_process", "Proses"
    ISSUED = "issued", "Terbit"
    REJECTED = "rejected", "Ditolak"
    EXPIRED = "expired", "Kedaluwarsa"


class ProgrammeKind(TextChoices):
    TRAINING = "training", "Pelatihan"
    TECHNOLOGY = "technology", "Pengembangan teknologi"
    MARKET = "market", "Akses pasar"
    ASSISTANCE = "assistance", "Bantuan"


class BudgetStage(TextChoices):
    """The budget a target stands in; a later stage replaces an earlier one."""

    ORIGINAL = "original", "Murni"
    SHIFTED = "shifted", "Pergeseran"
    REVISED = "revised", "Perubahan"


class FigureStatus(TextChoices):
    PUBLISHED = "published", "Angka publikasi"
    PROVISIONAL = "provisional", "Sementara"
    FINAL = "final", "Final"
    AUDITED = "audited", "Diaudit"


class Scale(TextChoices):
    SMALL = "small", "Kecil"
    MEDIUM = "medium", "Menengah"
    LARGE = "large", "Besar"


class WorkReason(TextChoices):
    """What an IKM is worked on for; those of its record and figures are named as their fields."""

    OWNER = "owner_name", "Nama pemilik"
    ADDRESS = "address", "Alamat"
    KELURAHAN = "kelurahan", "Kelurahan"
    GROUP = "group", "Kelompok industri"
    KBLI = "kbli", "KBLI"
    NIB = "nib", "NIB"
    PHONE = "phone", "Telepon"
    PRODUCTS = "products", "Produk"
    WORKERS = "workers_total", "Tenaga kerja"
    INVESTMENT = "investment", "Nilai investasi"
    PRODUCTION = "production_value", "Nilai produksi"
    ISSUED = "issued_on", "Tanggal terbit sertifikat"
    EXPIRING = "expiring", "Sertifikat segera berakhir"
    UNVERIFIED = "unverified", "Belum diverifikasi"
    DOUBLE = "double", "Kemungkinan ganda"


#: The reasons that ask for the figures of one year.
YEARLY_REASONS = (WorkReason.WORKERS, WorkReason.INVESTMENT, WorkReason.PRODUCTION)


class ReminderReason(TextChoices):
    """What an IKM is reminded of."""

    EXPIRING = "expiring", "Sertifikat segera berakhir"
    DATA = "data", "Data belum lengkap"


class ReminderMedium(TextChoices):
    """How an IKM is reminded."""

    LETTER = "letter", "Surat (PDF)"
    WHATSAPP = "whatsapp", "Teks WhatsApp"
