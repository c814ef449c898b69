/** Contracts: JSON Schemas compiled once, and records held against them where they lie. */
@NullMarked
package io.leat.format.contract;

import org.jspecify.annotations.NullMarked;
