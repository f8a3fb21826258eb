"""Why a backup cannot be made or a file cannot be restored; each is one Indonesian sentence."""


class BackupError(Exception):
    """Nothing was changed; the text says what is wrong and what to do about it."""


class WrongPassphrase(BackupError):
    """The pass phrase does not open this backup."""


class DamagedBackup(BackupError):
    """The file is truncated, altered or no backup at all."""


class NewerBackup(BackupError):
    """The backup was made by a later version of the program."""
