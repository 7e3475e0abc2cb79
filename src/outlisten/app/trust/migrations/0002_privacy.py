import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('trust', '0001_audit'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PrivacyRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('export', 'export'), ('erase', 'erasure')], max_length=8)),
                ('person', models.CharField(max_length=80)),
                ('platform', models.CharField(max_length=60)),
                ('asked_at', models.DateTimeField()),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('counts', models.JSONField(default=dict)),
                ('left', models.JSONField(blank=True, default=list)),
                ('physical', models.BooleanField(default=True)),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='RefusedAuthor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mark', models.CharField(max_length=80, unique=True)),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='marks', to='trust.privacyrequest')),
            ],
        ),
        migrations.CreateModel(
            name='RetentionRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('covers', models.CharField(choices=[('messages', 'private messages'), ('source', 'a source'), ('platform', 'a platform'), ('all', 'all other posts')], default='platform', max_length=8, verbose_name='Covers')),
                ('name', models.CharField(blank=True, max_length=255, verbose_name='Name')),
                ('days', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='Days')),
                ('hold', models.CharField(blank=True, max_length=240, verbose_name='Legal hold')),
                ('on', models.BooleanField(default=False)),
                ('swept_at', models.DateTimeField(blank=True, null=True)),
                ('swept_posts', models.PositiveBigIntegerField(default=0)),
            ],
            options={
                'ordering': ['covers', 'name'],
                'constraints': [models.UniqueConstraint(fields=('covers', 'name'), name='retention_rule_once'), models.CheckConstraint(condition=models.Q(models.Q(('covers__in', ('all', 'messages')), ('name', '')), models.Q(('covers__in', ('platform', 'source')), models.Q(('name', ''), _negated=True)), _connector='OR'), name='retention_rule_named'), models.CheckConstraint(condition=models.Q(('days', None), ('days__gte', 1), _connector='OR'), name='retention_days')],
            },
        ),
    ]
