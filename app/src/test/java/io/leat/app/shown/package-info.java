/** What the product promises, shown on the product as people start it: one class for each promise. */
package io.leat.app.shown;
