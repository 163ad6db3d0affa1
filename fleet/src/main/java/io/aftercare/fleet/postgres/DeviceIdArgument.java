package io.aftercare.fleet.postgres;

import io.aftercare.fleet.device.DeviceId;
import java.sql.Types;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;

/// Binds a [DeviceId] as its text.
final class DeviceIdArgument extends AbstractArgumentFactory<DeviceId> {
    DeviceIdArgument() {
        super(Types.VARCHAR);
    }

    @Override
    protected Argument build(DeviceId value, ConfigRegistry registry) {
        return (position, statement, context) -> statement.setString(position, value.value());
    }
}
