"""Records known by a name. Names arrive decomposed, padded, with invisible letters; they are kept in one true form."""

from collections.abc import Collection

from django.db import models

from taicho.kernel.vietnamese import clean_name, fold


class Named(models.Model):
    """`name` is kept composed and trimmed; a name of nothing but invisible letters is no name and is refused."""

    name: "models.CharField[str, str]"

    class Meta:
        abstract = True

    def save(self, *args: object, **kwargs: object) -> None:
        """Store the true form, whoever saves."""
        self.tidy()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Check what will really be stored."""
        self.tidy()
        super().clean_fields(exclude=exclude)

    def tidy(self) -> None:
        """Bring the stored forms into their true form; doing it twice changes nothing."""
        self.name = clean_name(self.name)


class ComparedByName(Named):
    """A named record with the form that comparisons use beside it: no marks, no case."""

    name_folded: "models.CharField[str, str]"

    class Meta:
        abstract = True

    def tidy(self) -> None:
        super().tidy()
        self.name_folded = fold(self.name)
