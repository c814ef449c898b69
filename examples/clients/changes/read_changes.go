// Keeps the newest item of every key of a feed in a file, and takes each change once.
//
//	go run read_changes.go 'http://127.0.0.1:8080/v1/feeds/prices/changes?since=earliest' prices.json
package main

import (
	"bufio"
	"encoding/json"
	"log"
	"net/http"
	"os"
	"time"
)

type item struct {
	Seq  int64           `json:"seq"`
	ID   string          `json:"id"`
	Item json.RawMessage `json:"item"`
}

type state struct {
	Cursor string          `json:"cursor"`
	Taken  int64           `json:"taken"`
	Items  map[string]item `json:"items"`
}

type line struct {
	Cursor string          `json:"cursor"`
	Event  string          `json:"event"`
	ID     string          `json:"id"`
	Key    json.RawMessage `json:"key"`
	Seq    int64           `json:"seq"`
	After  json.RawMessage `json:"after"`
}

func main() {
	url, path := os.Args[1], os.Args[2]
	known := state{Items: map[string]item{}}
	if saved, err := os.ReadFile(path); err == nil {
		check(json.Unmarshal(saved, &known))
	}
	for ; ; time.Sleep(time.Second) { // the stream has ended: come back
		request, err := http.NewRequest("GET", url, nil)
		check(err)
		request.Header.Set("Accept", "application/x-ndjson")
		if known.Cursor != "" {
			request.Header.Set("Last-Event-ID", known.Cursor)
		}
		if key := os.Getenv("LEAT_KEY"); key != "" {
			request.Header.Set("Authorization", "Bearer "+key)
		}
		answer, err := http.DefaultClient.Do(request)
		if err != nil {
			log.Print(err)
			continue
		}
		for reader := bufio.NewReader(answer.Body); ; {
			text, err := reader.ReadBytes('\n')
			if err != nil {
				break
			}
			var read line
			check(json.Unmarshal(text, &read))
			take(read, &known, path)
		}
		answer.Body.Close()
	}
}

func take(read line, known *state, path string) {
	if read.Event == "gap" {
		log.Fatal("the feed no longer has all that is missing here")
	}
	if read.Event != "" || read.ID == "" {
		return // a heartbeat, or another word about the stream
	}
	last := known.Items[string(read.Key)].Seq
	if last > 0 && read.Seq > last+1 {
		log.Fatalf("a change of %s is missing before %s", read.Key, read.ID)
	}
	if read.Seq > last { // else told again, after a cursor that was lost
		known.Items[string(read.Key)] = item{read.Seq, read.ID, read.After}
		known.Taken++
	}
	known.Cursor = read.Cursor
	text, err := json.Marshal(known)
	check(err)
	check(os.WriteFile(path+".new", text, 0o600)) // what was taken and how far: both or neither
	check(os.Rename(path+".new", path))
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
