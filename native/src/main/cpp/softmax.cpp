/* softmax.cpp: softmax over rows. */
#include "kernels.h"
#include "softmax_rows.h"

namespace diapason {
namespace DP_ISA_NAME {

void softmax(int64_t rows, int64_t classes, const float* logits, float* probabilities) {
    for (int64_t r = 0; r < rows; r++) {
        const float* row = logits + r * classes;
        float* out = probabilities + r * classes;
        const float sum = row_exponentials(classes, row, row_maximum(classes, row), out);
        scale_row(classes, 1.0f / sum, 1.0f, out);
    }
}

}  // namespace DP_ISA_NAME
}  // namespace diapason
