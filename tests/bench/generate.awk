# SPDX-License-Identifier: GPL-3.0-or-later
# Inputs of the benchmark, the same on every run: awk -v what=NAME -v n=COUNT -f generate.awk
BEGIN {
	if (what == "table") table(n)
	else if (what == "loop") loop(n)
	else if (what == "small") small(n)
	else if (what == "bpmn") bpmn(n)
	else if (what == "office") office(n)
}
# n rows, ten to a piece: work, a branch, a rework loop, handoffs, counters, forms.
function table(n,   i, b) {
	print "id,name,kind,next,unit,counter,actor,work,wait,writes,seals"
	for (i = 0; i + 10 <= n; i += 10) {
		b = i + 10
		printf "s%d,受付,task,s%d,市民課,窓口%d,,3,1,,\n", i, i + 1, i % 7
		printf "s%d,記入,task,s%d,市民課,,citizen,\"tri(1,2,6)\",,様式%d,1\n", i + 1, i + 2, i % 5
		printf "s%d,確認,xor,s%d:10%%;s%d:90%%,,,,,,,\n", i + 2, i + 1, i + 3
		printf "s%d,審査,task,s%d,税務課,,,4,2,,\n", i + 3, i + 4
		printf "s%d,区分,xor,s%d:0.3;s%d:0.7,,,,,,,\n", i + 4, i + 5, i + 7
		printf "s%d,照会,task,s%d,税務課,,,8,10,,\n", i + 5, i + 6
		printf "s%d,補正,task,s%d,市民課,,,2,,,\n", i + 6, i + 8
		printf "s%d,入力,task,s%d,市民課,,,exp(3),,,\n", i + 7, i + 8
		printf "s%d,決裁,task,s%d,総務課,,,1,30,,1\n", i + 8, i + 9
		printf "s%d,交付,task,%s,市民課,窓口%d,,2,,,\n", i + 9, b + 10 <= n ? "s" b : "", i % 3
	}
}
# One loop around n steps, left with 10 %.
function loop(n,   i) {
	print "id,kind,next,work,unit"
	for (i = 1; i < n; i++) printf "s%d,task,s%d,1,課%d\n", i, i + 1, i % 11
	printf "s%d,xor,s1:90%%;e:10%%,,\ne,end,,,\n", n
}
# A flow of 50 steps; n makes its numbers differ.
function small(n,   i) {
	print "id,name,kind,next,unit,counter,actor,work,wait,writes"
	for (i = 1; i <= 48; i++)
		if (i % 8 == 4) printf "s%d,分岐,xor,s%d:%d%%;s%d:%d%%,,,,,,\n", i, i - 1, 5 + n % 10, i + 1, 95 - n % 10
		else printf "s%d,手順%d,task,s%d,課%d,%s,%s,%d,%d,%s\n", i, i, i + 1, i % 5, i % 6 == 1 ? "窓口" i % 4 : "", i % 7 ? "" : "citizen", 1 + (i + n) % 9, i % 3, i % 7 ? "" : "様式" i
	print "s49,完了,task,s50,課1,,,1,,\ns50,,end,,,,,,,"
}
# A model as an office's editor saves it, about 100 KB: a citizen's pool and the office's, lanes, tasks of all kinds, gateways, a boundary
# event, an expanded sub-process, data, texts, colours of the editor, and the diagram of all of it. n makes its names differ.
function office(n,   i, k, last, kinds, lane, x, y) {
	last = 80
	split("userTask manualTask serviceTask task sendTask", kinds, " ")
	print "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
	print "<bpmn:definitions xmlns:bpmn=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" xmlns:bpmndi=\"http://www.omg.org/spec/BPMN/20100524/DI\" xmlns:dc=\"http://www.omg.org/spec/DD/20100524/DC\" xmlns:di=\"http://www.omg.org/spec/DD/20100524/DI\" xmlns:color=\"http://www.omg.org/spec/BPMN/non-normative/color/1.0\" xmlns:signavio=\"http://www.signavio.com\" id=\"Definitions_" n "\" targetNamespace=\"http://bpmn.io/schema/bpmn\" exporter=\"Editor\" exporterVersion=\"17.0\">"
	print "  <bpmn:collaboration id=\"Collaboration_" n "\">\n    <bpmn:participant id=\"Pool_office\" name=\"市役所 " n "\" processRef=\"Process_" n "\"/>\n    <bpmn:participant id=\"Pool_citizen\" name=\"住民\"/>"
	for (i = 5; i <= last; i += 20) printf "    <bpmn:messageFlow id=\"Message_%d\" name=\"申請書\" sourceRef=\"%s\" targetRef=\"%s\"/>\n", i, (i % 40 == 5 ? "Pool_citizen" : "Activity_" i), (i % 40 == 5 ? "Activity_" i : "Pool_citizen")
	print "  </bpmn:collaboration>\n  <bpmn:process id=\"Process_" n "\" isExecutable=\"false\">\n    <bpmn:laneSet id=\"LaneSet_1\">"
	for (k = 0; k < 4; k++) {
		printf "      <bpmn:lane id=\"Lane_%d\" name=\"第%d係\">\n", k, k + 1
		if (!k) print "        <bpmn:flowNodeRef>Start_1</bpmn:flowNodeRef>\n        <bpmn:flowNodeRef>End_1</bpmn:flowNodeRef>"
		for (i = 1; i <= last; i++) if (int(i / 4) % 4 == k) printf "        <bpmn:flowNodeRef>%s</bpmn:flowNodeRef>\n", "Activity_" i
		print "      </bpmn:lane>"
	}
	print "    </bpmn:laneSet>\n    <bpmn:startEvent id=\"Start_1\" name=\"申請\">\n      <bpmn:outgoing>Flow_0</bpmn:outgoing>\n    </bpmn:startEvent>\n    <bpmn:sequenceFlow id=\"Flow_0\" sourceRef=\"Start_1\" targetRef=\"Activity_1\"/>"
	for (i = 1; i <= last; i++) {
		if (i % 12 == 0) {
			printf "    <bpmn:exclusiveGateway id=\"Activity_%d\" name=\"不備があるか\" default=\"Flow_%d\">\n      <bpmn:incoming>Flow_%d</bpmn:incoming>\n      <bpmn:outgoing>Flow_%d</bpmn:outgoing>\n      <bpmn:outgoing>Back_%d</bpmn:outgoing>\n    </bpmn:exclusiveGateway>\n", i, i, i - 1, i, i
			printf "    <bpmn:sequenceFlow id=\"Back_%d\" name=\"不備あり\" sourceRef=\"Activity_%d\" targetRef=\"Activity_%d\">\n      <bpmn:conditionExpression xsi:type=\"bpmn:tFormalExpression\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">${incomplete}</bpmn:conditionExpression>\n    </bpmn:sequenceFlow>\n", i, i, i - 6
		} else if (i % 40 == 21) {
			printf "    <bpmn:subProcess id=\"Activity_%d\" name=\"審査会\">\n      <bpmn:incoming>Flow_%d</bpmn:incoming>\n      <bpmn:outgoing>Flow_%d</bpmn:outgoing>\n      <bpmn:startEvent id=\"In_%d\"/>\n      <bpmn:userTask id=\"Hold_%d\" name=\"審査会を開く\"/>\n      <bpmn:endEvent id=\"Out_%d\"/>\n      <bpmn:sequenceFlow id=\"Ina_%d\" sourceRef=\"In_%d\" targetRef=\"Hold_%d\"/>\n      <bpmn:sequenceFlow id=\"Inb_%d\" sourceRef=\"Hold_%d\" targetRef=\"Out_%d\"/>\n    </bpmn:subProcess>\n", i, i - 1, i, i, i, i, i, i, i, i, i, i
		} else {
			printf "    <bpmn:%s id=\"Activity_%d\" name=\"申請書の受付と確認 %d&#10;（様式第%d号）\">\n      <bpmn:documentation>様式と添付書類をそろえ、記載事項に漏れがないことを確かめる。</bpmn:documentation>\n      <bpmn:extensionElements>\n        <signavio:signavioMetaData metaKey=\"bgcolor\" metaValue=\"#ffffcc\"/>\n      </bpmn:extensionElements>\n      <bpmn:incoming>Flow_%d</bpmn:incoming>\n%s      <bpmn:outgoing>Flow_%d</bpmn:outgoing>\n    </bpmn:%s>\n", kinds[1 + i % 5], i, i, i % 30, i - 1, (i % 12 == 6 && i + 6 <= last ? "      <bpmn:incoming>Back_" i + 6 "</bpmn:incoming>\n" : ""), i, kinds[1 + i % 5]
		}
		printf "    <bpmn:sequenceFlow id=\"Flow_%d\" sourceRef=\"Activity_%d\" targetRef=\"%s\"/>\n", i, i, i < last ? "Activity_" i + 1 : "End_1"
	}
	print "    <bpmn:boundaryEvent id=\"Timer_1\" name=\"30日\" cancelActivity=\"false\" attachedToRef=\"Activity_2\">\n      <bpmn:outgoing>Flow_timer</bpmn:outgoing>\n      <bpmn:timerEventDefinition id=\"TimerDefinition_1\"/>\n    </bpmn:boundaryEvent>\n    <bpmn:task id=\"Remind_1\" name=\"督促\"/>\n    <bpmn:sequenceFlow id=\"Flow_timer\" sourceRef=\"Timer_1\" targetRef=\"Remind_1\"/>"
	print "    <bpmn:endEvent id=\"End_1\" name=\"交付\">\n      <bpmn:incoming>Flow_" last "</bpmn:incoming>\n    </bpmn:endEvent>\n    <bpmn:textAnnotation id=\"Text_1\">\n      <bpmn:text>法定処理期間は30日</bpmn:text>\n    </bpmn:textAnnotation>\n    <bpmn:association id=\"Association_1\" sourceRef=\"Activity_1\" targetRef=\"Text_1\"/>\n  </bpmn:process>\n  <bpmndi:BPMNDiagram id=\"Diagram_1\">\n    <bpmndi:BPMNPlane id=\"Plane_1\" bpmnElement=\"Collaboration_" n "\">"
	for (k = 0; k < 4; k++) shape("Lane_" k, 150, 60 + 150 * k, 13970, 150)
	shape("Pool_citizen", 120, 700, 14000, 60)
	shape("Timer_1", 580, 140, 36, 36)
	shape("Remind_1", 560, 640, 100, 60)
	shape("Text_1", 300, 20, 100, 30)
	edge("Association_1", 400, 80)
	edge("Flow_timer", 600, 190)
	for (i = 21; i <= last; i += 40) {
		shape("In_" i, 200 + 160 * i, 640, 36, 36)
		shape("Hold_" i, 300 + 160 * i, 620, 100, 80)
		shape("Out_" i, 450 + 160 * i, 640, 36, 36)
		edge("Ina_" i, 236 + 160 * i, 658)
		edge("Inb_" i, 400 + 160 * i, 658)
	}
	for (i = 5; i <= last; i += 20) edge("Message_" i, 200 + 160 * i, 300)
	for (i = 12; i <= last; i += 12) edge("Back_" i, 160 * i, 400)
	printf "      <bpmndi:BPMNShape id=\"Pool_office_di\" bpmnElement=\"Pool_office\" isHorizontal=\"true\">\n        <dc:Bounds x=\"120\" y=\"60\" width=\"14000\" height=\"600\"/>\n        <bpmndi:BPMNLabel/>\n      </bpmndi:BPMNShape>\n"
	for (i = 0; i <= last + 1; i++) {
		x = 200 + 160 * i
		y = 80 + 150 * (int(i / 4) % 4)
		printf "      <bpmndi:BPMNShape id=\"Shape_%d\" bpmnElement=\"%s\" color:background-color=\"#ffe0b2\" color:border-color=\"#6b3c00\">\n        <dc:Bounds x=\"%d\" y=\"%d\" width=\"100\" height=\"80\"/>\n        <bpmndi:BPMNLabel>\n          <dc:Bounds x=\"%d\" y=\"%d\" width=\"66\" height=\"14\"/>\n        </bpmndi:BPMNLabel>\n      </bpmndi:BPMNShape>\n", i, (i == 0 ? "Start_1" : i == last + 1 ? "End_1" : "Activity_" i), x, y, x, y + 90
		if (i <= last) printf "      <bpmndi:BPMNEdge id=\"Edge_%d\" bpmnElement=\"Flow_%d\">\n        <di:waypoint x=\"%d\" y=\"%d\"/>\n        <di:waypoint x=\"%d\" y=\"%d\"/>\n        <di:waypoint x=\"%d\" y=\"%d\"/>\n      </bpmndi:BPMNEdge>\n", i, i, x + 100, y + 40, x + 130, y + 40, x + 160, y + 40
	}
	print "    </bpmndi:BPMNPlane>\n  </bpmndi:BPMNDiagram>\n</bpmn:definitions>"
}
function shape(of, x, y, w, h) {
	printf "      <bpmndi:BPMNShape id=\"%s_di\" bpmnElement=\"%s\">\n        <dc:Bounds x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>\n      </bpmndi:BPMNShape>\n", of, of, x, y, w, h
}
function edge(of, x, y) {
	printf "      <bpmndi:BPMNEdge id=\"%s_di\" bpmnElement=\"%s\">\n        <di:waypoint x=\"%d\" y=\"%d\"/>\n        <di:waypoint x=\"%d\" y=\"%d\"/>\n      </bpmndi:BPMNEdge>\n", of, of, x, y, x + 60, y
}
# A process of n tasks with a lane, gateways and a diagram: about 680 bytes a task.
function bpmn(n,   i, x) {
	print "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
	print "<bpmn:definitions xmlns:bpmn=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" xmlns:bpmndi=\"http://www.omg.org/spec/BPMN/20100524/DI\" xmlns:dc=\"http://www.omg.org/spec/DD/20100524/DC\" xmlns:di=\"http://www.omg.org/spec/DD/20100524/DI\" xmlns:bpr=\"urn:bpr:flow:1\" id=\"d\" targetNamespace=\"urn:bench\">"
	print "  <bpmn:process id=\"p\" name=\"大きな流れ\">\n    <bpmn:startEvent id=\"start\"><bpmn:outgoing>f0</bpmn:outgoing></bpmn:startEvent>\n    <bpmn:sequenceFlow id=\"f0\" sourceRef=\"start\" targetRef=\"t1\"/>"
	for (i = 1; i <= n; i++) {
		if (i % 10 == 0) {
			printf "    <bpmn:exclusiveGateway id=\"t%d\" name=\"不備があるか\"><bpmn:incoming>f%d</bpmn:incoming><bpmn:outgoing>f%d</bpmn:outgoing><bpmn:outgoing>r%d</bpmn:outgoing></bpmn:exclusiveGateway>\n", i, i - 1, i, i
			printf "    <bpmn:sequenceFlow id=\"r%d\" name=\"不備あり\" sourceRef=\"t%d\" targetRef=\"t%d\" bpr:share=\"0.1\"/>\n", i, i, i - 5
			printf "    <bpmn:sequenceFlow id=\"f%d\" name=\"不備なし\" sourceRef=\"t%d\" targetRef=\"%s\" bpr:share=\"0.9\"/>\n", i, i, i < n ? "t" i + 1 : "end"
		} else {
			printf "    <bpmn:userTask id=\"t%d\" name=\"申請書の受付と確認 %d\" bpr:work=\"%dmin\" bpr:unit=\"課%d\"><bpmn:incoming>f%d</bpmn:incoming><bpmn:outgoing>f%d</bpmn:outgoing></bpmn:userTask>\n", i, i, 1 + i % 9, i % 13, i - 1, i
			printf "    <bpmn:sequenceFlow id=\"f%d\" sourceRef=\"t%d\" targetRef=\"%s\"/>\n", i, i, i < n ? "t" i + 1 : "end"
		}
	}
	print "    <bpmn:endEvent id=\"end\"/>\n  </bpmn:process>\n  <bpmndi:BPMNDiagram id=\"dd\"><bpmndi:BPMNPlane id=\"pl\" bpmnElement=\"p\">"
	for (i = 1; i <= n; i++) {
		x = 160 * i
		printf "    <bpmndi:BPMNShape id=\"t%d_di\" bpmnElement=\"t%d\"><dc:Bounds x=\"%d\" y=\"100\" width=\"110\" height=\"80\"/></bpmndi:BPMNShape>\n", i, i, x
		printf "    <bpmndi:BPMNEdge id=\"f%d_di\" bpmnElement=\"f%d\"><di:waypoint x=\"%d\" y=\"140\"/><di:waypoint x=\"%d\" y=\"140\"/></bpmndi:BPMNEdge>\n", i, i, x + 110, x + 160
	}
	print "  </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>\n</bpmn:definitions>"
}
