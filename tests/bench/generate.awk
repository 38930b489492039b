# SPDX-License-Identifier: GPL-3.0-or-later
# Inputs of the benchmark, the same on every run: awk -v what=NAME -v n=COUNT -f generate.awk
BEGIN {
	if (what == "table") table(n)
	else if (what == "loop") loop(n)
	else if (what == "small") small(n)
	else if (what == "bpmn") bpmn(n)
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
