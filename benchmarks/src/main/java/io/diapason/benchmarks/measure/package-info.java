/** What comparisons and the guard share: processes on one core, the machine, statistics, tables. */
@NullMarked
package io.diapason.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
