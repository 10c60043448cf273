import django.db.models.deletion
import maillage.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0003_reasons_papers_views'),
        ('territories', '0004_seats_below'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PromiseStep',
            fields=[
                ('id', models.UUIDField(default=maillage.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('reminder', 'whoever owes the call was reminded'), ('climb', 'its hour passed, and the next organiser up owes the call')], max_length=16)),
                ('at', models.DateTimeField()),
                ('tell_at', models.DateTimeField(help_text='by day, in the time of the place: whoever owes the call and who waits for it are then told')),
                ('told_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.AddField(
            model_name='promise',
            name='next_step_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='promise',
            name='released_at',
            field=models.DateTimeField(blank=True, help_text='the person took back what they had asked; nobody owes a call', null=True),
        ),
        migrations.AddIndex(
            model_name='promise',
            index=models.Index(condition=models.Q(('next_step_at__isnull', False)), fields=['next_step_at'], name='people_promise_next_step'),
        ),
        migrations.AddField(
            model_name='promisestep',
            name='area',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territories.area'),
        ),
        migrations.AddField(
            model_name='promisestep',
            name='owed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='promisestep',
            name='promise',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='people.promise'),
        ),
        migrations.AddIndex(
            model_name='promisestep',
            index=models.Index(condition=models.Q(('told_at__isnull', True)), fields=['tell_at'], name='people_step_to_tell'),
        ),
        migrations.AddConstraint(
            model_name='promisestep',
            constraint=models.UniqueConstraint(fields=('promise', 'number'), name='people_one_promise_step'),
        ),
    ]
