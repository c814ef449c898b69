# Thin shortcuts; no logic lives here.
.PHONY: help run check fmt docs bench
help:   ## list the targets
	@grep -E '^[a-z]+:.*##' Makefile | sed 's/:.*## /\t/'
run:    ## ./leat demo
	./leat demo
check:  ## the one check
	mvn verify
fmt:    ## format the code
	mvn -q spotless:apply
docs:   ## rewrite the generated references
	mvn -q -pl core,format,testkit,job test -Dtest="*Page*Test" -Dsurefire.failIfNoSpecifiedTests=false -Dleat.docs.write=true
bench:  ## latency beside the peers
	./bench/run latency
