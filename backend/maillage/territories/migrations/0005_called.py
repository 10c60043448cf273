from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('territories', '0004_seats_below'),
    ]

    operations = [
        migrations.AlterField(
            model_name='area',
            name='names',
            field=models.JSONField(blank=True, default=dict, help_text='by language; what people read'),
        ),
    ]
