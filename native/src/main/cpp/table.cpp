/* table.cpp: the kernel table of the set being compiled. */
#include "kernel_table.h"
#include "kernels.h"

namespace diapason {
namespace DP_ISA_NAME {

const KernelTable kernels = {
    unary,   unary_backward, fill,   binary_dense, binary,        reduce,
    gemm,    gather_rows,    random_words,
    dropout, dropout_keep,   relu_dropout_keep,    dropout_kept,
    softmax, cross_entropy,  cross_entropy_backward, cross_entropy_with_gradient,
    sgd,     adam,           rmsprop, adagrad,
};

}  // namespace DP_ISA_NAME
}  // namespace diapason
