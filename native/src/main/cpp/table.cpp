/* table.cpp: the kernel table of the set being compiled. */
#include "kernel_table.h"
#include "kernels.h"

namespace diapason {
namespace DP_ISA_NAME {

const KernelTable kernels = {
    unary, unary_backward, fill, binary_dense, binary,  reduce,        gemm,                   gather_rows, random_words,
    dropout, softmax,      cross_entropy, cross_entropy_backward, sgd,     adam,        rmsprop,
    adagrad,
};

}  // namespace DP_ISA_NAME
}  // namespace diapason
