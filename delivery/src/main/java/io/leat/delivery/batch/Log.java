package io.leat.delivery.batch;

/**
 * A change log.
 *
 * @param id tells it from another of its name that was made anew
 * @param partitions how many it has
 */
public record Log(String id, int partitions) {}
