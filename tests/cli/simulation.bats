# SPDX-License-Identifier: GPL-3.0-or-later
# Simulation data of other programs: chosen, named, beside the model; where each value comes from.
load helper

model() {
	cat >"$1" <<'END'
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t">
<process id="P"><startEvent id="S"/><task id="A"/><exclusiveGateway id="X"/><task id="B"/><endEvent id="E"/>
<sequenceFlow id="f1" sourceRef="S" targetRef="A"/><sequenceFlow id="f2" sourceRef="A" targetRef="X"/>
<sequenceFlow id="f3" sourceRef="X" targetRef="B"/><sequenceFlow id="f4" sourceRef="X" targetRef="E"/>
<sequenceFlow id="f5" sourceRef="B" targetRef="E"/></process></definitions>
END
}

scylla() {
	cat >"$1" <<END
<b:definitions xmlns:b="http://bsim.hpi.uni-potsdam.de/scylla/simModel"><b:simulationConfiguration processRef="P">
<b:task id="A"><b:duration timeUnit="MINUTES"><b:constantDistribution><b:constantValue>$2</b:constantValue></b:constantDistribution></b:duration></b:task>
<b:exclusiveGateway id="X"><b:outgoingSequenceFlow id="f3"><b:branchingProbability>0.2</b:branchingProbability></b:outgoingSequenceFlow>
<b:outgoingSequenceFlow id="f4"><b:branchingProbability>0.8</b:branchingProbability></b:outgoingSequenceFlow></b:exclusiveGateway>
</b:simulationConfiguration></b:definitions>
END
}

work() {
	"$BPR" analyze -q -f json "$@" | /usr/bin/python3 -c 'import json, sys; print(json.load(sys.stdin)["case"]["work_minutes"]["mean"])'
}

visits() {
	"$BPR" analyze -q -f json "${@:2}" | /usr/bin/python3 -c 'import json, sys
d = json.load(sys.stdin)
print({n["id"]: n["visits"] for f in (d if isinstance(d, list) else [d]) for n in f["nodes"]}[sys.argv[1]])' "$1"
}

@test "a simulation file beside the model is found, one that is named wins, --set wins over both" {
	model m.bpmn
	[ "$(work m.bpmn)" = 0 ]
	scylla m_sim.xml 3
	[ "$(work m.bpmn)" = 3 ]
	[ "$(visits B m.bpmn)" = 0.2 ]
	scylla other.xml 7
	[ "$(work --simulation other.xml m.bpmn)" = 7 ]
	scylla more.xml 9
	[ "$(work --simulation other.xml --simulation more.xml m.bpmn)" = 9 ]
	[ "$(work --simulation other.xml --set step.A.work=11 m.bpmn)" = 11 ]
	printf '{"gateway_branching_probabilities": [], "task_resource_distribution": [{"task_id": "A", "resources": [{"distribution_name": "fix", "distribution_params": [{"value": 300}]}]}]}' >p.json
	[ "$(work --simulation p.json m.bpmn)" = 5 ]
}

@test "what is named with --simulation must be there, and be simulation data" {
	model m.bpmn
	run -3 --separate-stderr "$BPR" analyze --simulation gone.xml m.bpmn
	has 'gone.xml: cannot open the file' "$stderr"
	has '[I002]' "$stderr"
	printf '<html/>' >page.xml
	run -3 --separate-stderr "$BPR" analyze --simulation page.xml m.bpmn
	has 'page.xml:1: is no simulation data' "$stderr"
	has '[X130]' "$stderr"
	printf '{"a": }' >broken.json
	run -3 --separate-stderr "$BPR" analyze --simulation broken.json m.bpmn
	has 'broken.json:1' "$stderr"
	has '[I020]' "$stderr"
	small_flow t
	scylla s.xml 3
	run -0 --separate-stderr "$BPR" analyze --simulation s.xml t.csv
	has '[X132]' "$stderr"
}

@test "only files of fixed names beside the model are read" {
	model m.bpmn
	scylla other_sim.xml 3
	scylla m_global.xml 4
	printf '{"unrelated": [1, 2' >m.json
	[ "$(work m.bpmn)" = 0 ]
}

@test "--scenario takes a scenario by its id or its name, and refuses one that is not there" {
	file=$abs_top_srcdir/tests/cli/data/scenarios.bpmn
	[ "$(work "$file")" = 10 ]
	[ "$(work --scenario S2 "$file")" = 30 ]
	[ "$(work --scenario '改善後' "$file")" = 30 ]
	[ "$(visits B --scenario S2 "$file")" = 0.25 ]
	run -3 --separate-stderr "$BPR" analyze --scenario S9 "$file"
	has "there is no BPSim scenario 'S9' (there are: S1, S2)" "$stderr"
	run -0 "$BPR" check -v --scenario S2 "$file"
	has 'BPSim' "$output"
}


@test "check -v names source, file and line of a value" {
	model m.bpmn
	scylla m_sim.xml 3
	"$BPR" check -v -f json --set step.B.work=2 m.bpmn >out.json
	/usr/bin/python3 - <<'END'
import json
o = {(x["of"], x["element"], x["key"]): x for x in json.load(open("out.json"))["origins"]}
a = o["step", "A", "work"]
assert (a["value"], a["source"], a["file"], a["line"]) == ("3", "scylla", "m_sim.xml", 2), a
assert o["arc", "f3", "share"]["source"] == "scylla", o
assert o["step", "B", "work"]["source"] == "set", o
END
	run -0 "$BPR" check -v --lang ja m.bpmn
	has '値の出どころ' "$output"
}
