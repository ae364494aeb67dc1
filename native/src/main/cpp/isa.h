/* isa.h: the kernel table in use. */
#pragma once
#include "kernel_table.h"

namespace diapason {

/* Chosen when the library is loaded; dp_isa_select changes it. */
const KernelTable& current_kernels();

}  // namespace diapason
