"""News: what happened, for areas above to act on. A row, delivered once to each listener."""

from django.db import models


class NewsItem(models.Model):
    """One piece of news. `payload` carries keys only, never names or health words."""

    kind = models.CharField(max_length=120)
    payload = models.JSONField()
    announced_at = models.DateTimeField()

    NOT_SHOWN = "Plumbing between areas; its effects are shown, not the rows."


class NewsDelivery(models.Model):
    """A listener has acted on a piece of news; the row and the act commit together."""

    item = models.ForeignKey(NewsItem, on_delete=models.PROTECT, related_name="deliveries")
    listener = models.CharField(max_length=200)
    delivered_at = models.DateTimeField()

    NOT_SHOWN = "Plumbing between areas; its effects are shown, not the rows."

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "listener"], name="kernel_news_once_per_listener")]
