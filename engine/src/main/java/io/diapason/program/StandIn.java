package io.diapason.program;

import io.diapason.tensor.Device;
import io.diapason.tensor.Storage;

/** A name for memory that is not there: of constants, of results, and of all that an update would allocate. */
final class StandIn extends Storage {
    StandIn(Device device, long bytes) {
        super(device, bytes);
    }

    @Override
    protected void free() {}
}
