/*
 * float_views.h: float32 views handed to kernels that want dense arrays. A kernel's result depends on an element alone, so bits
 * are the same for every layout.
 */
#pragma once
#include <stdint.h>

#include "kernel_table.h"
#include "view.h"

namespace diapason {

/* x is not dense. */
void unary_of_view(const KernelTable& kernels, int op, float alpha, float beta, int64_t rows, int64_t columns, View<float> x, float* y);
/* a and b are not both dense. */
void binary_of_views(const KernelTable& kernels, int op, int64_t rows, int64_t columns, View<float> a, View<float> b, float* y);

}  // namespace diapason
