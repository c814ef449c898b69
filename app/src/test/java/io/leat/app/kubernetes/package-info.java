/** The manifests, held against what the API server and the operators say they take. */
package io.leat.app.kubernetes;
