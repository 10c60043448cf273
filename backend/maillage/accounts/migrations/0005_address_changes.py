
import django.db.models.deletion
import maillage.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_vaults'),
    ]

    operations = [
        migrations.CreateModel(
            name='AddressChange',
            fields=[
                ('id', models.UUIDField(default=maillage.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('email', models.EmailField(max_length=254)),
                ('asked_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(db_index=True)),
                ('asked_in', models.ForeignKey(blank=True, db_index=False, help_text='the session that asked, which goes on when the others end', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='accounts.session', to_field='public_id')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='address_change', to=settings.AUTH_USER_MODEL)),
            ],
        ),
    ]
